"""A throw-away PostgreSQL: one cluster for each test process, a fresh database for each test that asks.

It listens on a socket in a private folder and on no network address. PostgreSQL refuses to run as root,
so tests that do start it as an ordinary user. Nothing in it outlives the tests, so nothing waits for the disk.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.programs import path_of

SETTINGS = """
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 50
"""
OWNER = "chapeau"
LOCALE = "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=en_US.UTF-8"  # folds Cyrillic letters


@dataclass
class Cluster:
    """A running PostgreSQL, reached through the socket in *folder*."""

    folder: Path
    binaries: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create_database(self, template: str = "template0") -> str:
        """Create a database, empty or a copy of *template*, and return its name."""
        name = f"test_{next(self.numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Drop the database, whoever is still connected."""
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        import psycopg  # here, so that tests without PostgreSQL do not load its driver

        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def start(self) -> None:
        data = self.folder / "data"
        initdb = ["-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", LOCALE, "--no-sync"]
        _run_as_ordinary_user([self.binaries / "initdb", *initdb], self.folder)
        settings = f"{SETTINGS}unix_socket_directories = '{self.folder}'\n"
        with (data / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(settings)
        log = self.folder / "log"
        _run_as_ordinary_user([self.binaries / "pg_ctl", "-D", data, "-w", "-l", log, "start"], self.folder)

    def stop(self) -> None:
        stop = ["-D", self.folder / "data", "-m", "immediate", "-w", "stop"]
        _run_as_ordinary_user([self.binaries / "pg_ctl", *stop], self.folder)


def _ordinary_user() -> str | None:
    """Return the user PostgreSQL runs as, or None where that is the user who runs the tests."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _run_as_ordinary_user(command: Sequence[str | Path], folder: Path) -> None:
    """Run *command* in *folder*, as the owner of what PostgreSQL writes there.

    Raises:
        AssertionError: It failed; the message is what it said.
    """
    user: dict[str, Any] = {"user": name, "extra_groups": ()} if (name := _ordinary_user()) else {}
    # To a file, not a pipe: the server that pg_ctl leaves running would hold the pipe open.
    with (folder / "said").open("w+b") as said:
        ran = subprocess.run(command, cwd=folder, stdout=said, stderr=said, check=False, **user)
        said.seek(0)
        assert ran.returncode == 0, said.read().decode(errors="replace")


def _reachable(binaries: Path, folder: Path) -> Path:
    """Return *binaries*, or a copy in *folder* where the ordinary user may not read a wheel in somebody's home."""
    if _ordinary_user() is None or "site-packages" not in binaries.parts:
        return binaries
    installed, package, site = binaries.parents[:3]
    for part in (installed, site / f"{package.name}.libs"):  # the programs look for their libraries from where they are
        if part.is_dir():
            shutil.copytree(part, folder / "wheel" / part.relative_to(site), symlinks=True)
    return folder / "wheel" / binaries.relative_to(site)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A running PostgreSQL of this test process; with xdist each worker has its own."""
    if sys.platform == "win32":
        pytest.skip("needs a socket in a folder: PostgreSQL is tested on Linux and macOS")
    binaries = path_of("postgres").resolve().parent
    folder = Path(tempfile.mkdtemp(prefix="chapeau-"))  # short: a socket's path has at most 107 bytes
    try:
        if (name := _ordinary_user()) is not None:
            shutil.chown(folder, name)
        cluster = Cluster(folder, _reachable(binaries, folder))
        cluster.start()
        yield cluster
        cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The SQLAlchemy address of a fresh, empty database, dropped after the test."""
    name = postgres_cluster.create_database()
    yield postgres_cluster.url(name)
    postgres_cluster.drop_database(name)
