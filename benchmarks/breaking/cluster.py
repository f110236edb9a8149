"""The architecture of docs/scaling.md on one machine: the files of docs/deploy, other addresses."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.breaking.programs import (
    HOST,
    Program,
    answers,
    fetch,
    free_ports,
    user_for_servers,
    wait_until,
)
from benchmarks.databases import ROOT

DEPLOY = ROOT / "docs" / "deploy"
SERVERS = ("db1", "db2", "db3")
READERS, WRITERS = ("read1", "read2"), ("write1", "write2")
NODES = (*READERS, *WRITERS)
PASSWORD = "only-for-this-run"  # noqa: S105 - of a database that ends with it
PACKAGES = {
    "patroni": "patroni",
    "etcd": "etcd-server",
    "haproxy": "haproxy",
    "pgbouncer": "pgbouncer",
    "redis-server": "redis-server",
}
# What docs/deploy/haproxy.cfg calls the machines.
ADDRESSES = {
    "10.0.0.10:80": "site",
    "10.0.0.10:5000": "to_primary",
    "10.0.0.10:5001": "to_replica",
    "10.0.0.11:8000": "read1",
    "10.0.0.12:8000": "read2",
    "10.0.0.13:8000": "write1",
    "10.0.0.14:8000": "write2",
    "10.0.0.21:5432": "db1",
    "10.0.0.22:5432": "db2",
    "10.0.0.23:5432": "db3",
}
OTHERS = ("etcd", "etcd_peer", "pgbouncer", "redis")


@dataclass
class Cluster:
    """Everything that runs: ports and programs by name, and where their files are."""

    folder: Path
    ports: dict[str, int]
    programs: dict[str, Program]

    def start(self, *names: str) -> None:
        for name in names:
            self.programs[name].start()

    def members(self) -> list[dict[str, Any]]:
        """Return what Patroni knows of its servers, from whichever answers."""
        for name in SERVERS:
            status, body = fetch(self.ports[f"{name}_rest"], "/cluster")
            if status == 200:
                found: list[dict[str, Any]] = json.loads(body)["members"]
                return found
        return []

    def primary(self) -> str:
        """Return the server that takes writes; empty when there is none."""
        ready = [n for n in SERVERS if answers(self.ports[f"{n}_rest"], "/primary")]
        return ready[0] if ready else ""

    def synchronous(self) -> list[str]:
        """Return the replicas that have every acknowledged write."""
        return [n for n in SERVERS if answers(self.ports[f"{n}_rest"], "/sync")]

    def url_of(self, server: str, *, user: str = "kaart", database: str = "kaart") -> str:
        """Return the address of a database past HAProxy and PgBouncer."""
        port = self.ports[server]
        return f"postgresql://{user}:{PASSWORD}@{HOST}:{port}/{database}"

    def environment(self, pool: str) -> dict[str, str]:
        """Return the settings of a machine of the site."""
        pgbouncer = f"postgresql://kaart:{PASSWORD}@{HOST}:{self.ports['pgbouncer']}"
        replica = {"DATABASE_PRIMARY_URL": f"{pgbouncer}/kaart"} if pool == "read" else {}
        return replica | {
            "POOL": pool,
            "DATABASE_URL": f"{pgbouncer}/{'kaart_replica' if replica else 'kaart'}",
            "DATABASE_POOLED": "1",
            "REDIS_URL": f"redis://{HOST}:{self.ports['redis']}/0",
            "BEHIND_PROXY": "1",
            "SECRET_KEY": PASSWORD * 3,
            "API_RATE": "1000000/min",
            # Often, so that it is tried how a machine that reads writes its counts.
            "DEMAND_SECONDS": "5",
            **settings_of_a_site(),
        }


def settings_of_a_site() -> dict[str, str]:
    """Return the settings of a real site, but for the certificate and the hashed file names."""
    return {
        "DEBUG": "0",
        "DEMO": "1",
        "HTTPS": "0",
        "ALLOWED_HOSTS": f"{HOST},kaart.example",
        "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }


def serve(name: str, port: int, folder: Path, environment: dict[str, str], workers: int) -> Program:
    """Return one machine of the site."""
    command = [sys.executable, "manage.py", "serve", "--host", HOST]
    command += ["--port", str(port), "--workers", str(workers)]
    own = {"VAR_DIR": str(folder / f"var_{name}")}
    return Program(name, command, folder, environment | own, working_folder=ROOT)


def missing_packages() -> list[str]:
    """Return the packages of Debian that are not there."""
    missing = [package for program, package in PACKAGES.items() if not path_of(program)]
    return missing if postgresql_tools() else [*missing, "postgresql"]


def install(packages: list[str]) -> None:
    """Install them, without starting what they would run as services of the system."""
    policy = Path("/usr/sbin/policy-rc.d")
    made = not policy.exists()
    if made:
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        policy.chmod(0o755)
    try:
        command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
        subprocess.run(command, check=True)
    finally:
        if made:
            policy.unlink()


def path_of(program: str) -> str:
    """Return where a program is; servers are not on everybody's PATH."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin") or ""


def postgresql_tools() -> Path | None:
    """Return the folder of the newest PostgreSQL of the distribution."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """Write every configuration, give what can be started, and end all of it afterwards."""
    with tempfile.TemporaryDirectory(prefix="failover-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        free = free_ports()
        rest = [f"{name}_rest" for name in SERVERS]
        names = [*ADDRESSES.values(), *rest, *OTHERS]
        found = Cluster(folder, {name: next(free) for name in names}, {})
        programs = [*_servers(found), *_around(found), *_site(found)]
        found.programs = {one.name: one for one in programs}
        if user := user_for_servers():
            shutil.chown(folder, user)
            for path in folder.iterdir():
                shutil.chown(path, user)
        # Asked to stop (`timeout`), it ends what it started too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            yield found
        finally:
            for program in reversed(found.programs.values()):
                program.stop(3)


def start_all(made: Cluster) -> None:
    """Start everything but the site, until two replicas follow; with an empty database."""
    import psycopg

    made.start("etcd", "redis")
    wait_until("etcd answers", lambda: answers(made.ports["etcd"], "/health"))
    made.start(*SERVERS)
    wait_until("two replicas follow", lambda: len(made.synchronous()) == 2, seconds=180)
    url = made.url_of(made.primary(), user="postgres", database="postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE kaart LOGIN PASSWORD '{PASSWORD}'")
        connection.execute("CREATE DATABASE kaart OWNER kaart")
        # What the program sets itself where nothing stands between (docs/scaling.md).
        connection.execute("ALTER ROLE kaart SET statement_timeout = '15s'")
        connection.execute("ALTER ROLE kaart SET lock_timeout = '7s'")
    made.start("pgbouncer", "haproxy")


def _servers(made: Cluster) -> Iterator[Program]:
    for name in SERVERS:
        data = made.folder / name
        file = made.folder / f"{name}.yml"
        file.write_text(yaml.safe_dump(_patroni(made, name, data)), encoding="utf-8")
        command = [path_of("patroni"), str(file)]
        yield Program(
            name,
            command,
            made.folder,
            user=user_for_servers(),
            more=lambda data=data: _postmaster(data),  # type: ignore[misc]
        )


def _patroni(made: Cluster, name: str, data: Path) -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load((DEPLOY / "patroni.yml").read_text("utf-8"))
    rest, port = f"{HOST}:{made.ports[f'{name}_rest']}", f"{HOST}:{made.ports[name]}"
    written["name"] = name
    written["restapi"] = {"listen": rest, "connect_address": rest}
    written["etcd3"] = {"hosts": f"{HOST}:{made.ports['etcd']}"}
    server = written["postgresql"]
    server |= {"listen": port, "connect_address": port, "data_dir": str(data)}
    server |= {"pgpass": str(made.folder / f"{name}.pgpass"), "bin_dir": str(postgresql_tools())}
    server["pg_hba"] = [line.replace("10.0.0.0/24", "127.0.0.0/8") for line in server["pg_hba"]]
    server["parameters"] = {"unix_socket_directories": str(made.folder)}
    for who in server["authentication"].values():
        who["password"] = PASSWORD
    return written


def _postmaster(data: Path) -> list[int]:
    """Return the server itself, which leaves Patroni's family when it starts."""
    with contextlib.suppress(OSError, ValueError):
        pid = int((data / "postmaster.pid").read_text().split()[0])
        if str(data) in Path(f"/proc/{pid}/cmdline").read_text():
            return [pid]
    return []


def _around(made: Cluster) -> Iterator[Program]:
    user, folder, ports = user_for_servers(), made.folder, made.ports
    client, peer = (f"http://{HOST}:{ports[name]}" for name in ("etcd", "etcd_peer"))
    etcd = [path_of("etcd"), "--data-dir", str(folder / "etcd"), "--name", "etcd"]
    etcd += ["--listen-client-urls", client, "--advertise-client-urls", client]
    etcd += ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer]
    etcd += ["--initial-cluster", f"etcd={peer}"]
    yield Program("etcd", etcd, folder, user=user)
    redis = [path_of("redis-server"), "--bind", HOST, "--port", str(ports["redis"])]
    redis += ["--save", "", "--maxmemory-policy", "noeviction"]
    yield Program("redis", redis, folder, user=user)
    (folder / "userlist.txt").write_text(f'"kaart" "{PASSWORD}"\n', encoding="utf-8")
    pgbouncer = moved("pgbouncer.ini", made)
    yield Program("pgbouncer", [path_of("pgbouncer"), str(pgbouncer)], folder, user=user)
    haproxy = [path_of("haproxy"), "-f", str(moved("haproxy.cfg", made))]
    yield Program("haproxy", haproxy, folder, user=user)


def moved(name: str, made: Cluster) -> Path:
    """Write a file of docs/deploy with the addresses of this machine, and return it."""
    text = (DEPLOY / name).read_text("utf-8")
    for server in SERVERS:
        port = made.ports[f"{server}_rest"]
        text = re.sub(rf"(server {server} .* check port) 8008", rf"\g<1> {port}", text)
    for address, to in ADDRESSES.items():
        text = re.sub(rf"{re.escape(address)}\b", f"{HOST}:{made.ports[to]}", text)
    for to in ("to_primary", "to_replica"):
        port = {"to_primary": 5000, "to_replica": 5001}[to]
        text = text.replace(f"host=10.0.0.10 port={port}", f"host={HOST} port={made.ports[to]}")
    text = text.replace("listen_port = 6432", f"listen_port = {made.ports['pgbouncer']}")
    text = text.replace("/etc/pgbouncer", str(made.folder))
    assert "10.0.0." not in re.sub(r"(?m)^\s*[#;].*$", "", text), text
    file = made.folder / name
    file.write_text(text, encoding="utf-8")
    return file


def _site(made: Cluster) -> Iterator[Program]:
    for name in NODES:
        environment = made.environment("read" if name in READERS else "write")
        yield serve(name, made.ports[name], made.folder, environment, workers=1)
