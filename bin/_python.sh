# Sourced by bin/demo and bin/test. Sets ROOT and PYTHON, a Python that is new enough, or stops.
# Portable shell: macOS has bash 3.2, Debian's sh is dash.
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

new_enough() {
    "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
    if [ -n "$candidate" ] && new_enough "$candidate"; then
        PYTHON=$candidate
        return 0
    fi
done

echo "This needs Python 3.11 or newer, and none was found." >&2
echo "Install it (python.org/downloads, or 'apt install python3 python3-venv'," >&2
echo "or 'brew install python@3.13') and run this again." >&2
echo "If it has an unusual name, say so: PYTHON=/path/to/python $0" >&2
exit 1
