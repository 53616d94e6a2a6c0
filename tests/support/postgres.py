"""A PostgreSQL of our own: made in a temporary folder, on a free port, stopped when the tests end.

It lives in memory where there is room: a copied database is 300 files, for which a disk takes ten times as long.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

APP_ROLE = "leadboard_app"

_MEMORY = Path("/dev/shm")
_ROOM = 2**30
"""Bytes; two workers with two databases each take a fifth of it."""


def free_port() -> int:
    """A port nobody listens on now, below those that the system gives to whoever connects somewhere."""
    while True:
        port = secrets.choice(range(20_000, 32_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def binaries() -> Path | None:
    """Where `initdb` and `postgres` are, or None on a machine without them."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "postgres").exists()), None)


def _not_root() -> str | None:
    """PostgreSQL refuses to run as root: the name of somebody else when we are root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def server() -> Iterator[str]:
    """Run a server; yields the URL prefix of its superuser, `postgresql+psycopg://owner@127.0.0.1:port`."""
    place = binaries()
    assert place is not None
    user = _not_root()
    in_memory = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    folder = Path(tempfile.mkdtemp(prefix="leadboard-pg-", dir=_MEMORY if in_memory else None))
    if user:
        shutil.chown(folder, user)
    port = free_port()

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, capture_output=True)

    run(str(place / "initdb"), "-D", str(folder / "data"), "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
    run(str(place / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log"), "-o", options, "-w", "start")
    try:
        yield f"postgresql+psycopg://owner@127.0.0.1:{port}"
    finally:
        run(str(place / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def create_database(prefix: str, name: str, template: str = "template1") -> tuple[str, str]:
    """A fresh copy of `template`; its URLs for the owner, who migrates, and for the app, which cannot pass the wall."""
    plain = prefix.replace("+psycopg", "")
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (APP_ROLE,)).fetchone()
        if not exists:
            connection.execute(f"CREATE ROLE {APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS")
            connection.execute("CREATE ROLE migrator LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB")
        # The other way, the default since 15, writes every page to the log as well.
        strategy = "STRATEGY file_copy" if connection.info.server_version >= 150_000 else ""
        connection.execute(f"CREATE DATABASE {name} OWNER migrator TEMPLATE {template} {strategy}")
    owner = prefix.replace("owner@", "migrator@")
    return f"{owner}/{name}", f"{owner.replace('migrator@', APP_ROLE + '@')}/{name}"


def drop_database(prefix: str, name: str) -> None:
    """Delete it, whoever is still connected."""
    with psycopg.connect(f"{prefix.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
