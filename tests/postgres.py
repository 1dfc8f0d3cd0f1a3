"""Debian's PostgreSQL for tests: in a folder of its own, on a free loopback port, with a password."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.ports import free_port
from tests.servers import ending_with_us, had, own_folder

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
STARTS_WITHIN = 60.0


class PostgreSQL:
    """A running server; its superuser has a password, as on a real one."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        self.port, self.password = free_port(), secrets.token_hex(8)

    def start(self) -> None:
        """Make its data, and start it."""
        (self.folder / "password").write_text(self.password)
        self._hand_over()
        host = ("--auth-host=scram-sha-256", "--auth-local=scram-sha-256", f"--pwfile={self.folder}/password")
        self.run("initdb", "-D", "data", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", *host)
        settings = (*QUICK, "listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}")
        self._started = self._popen("postgres", "-D", "data", *(f"--{setting}" for setting in settings))
        self._wait()

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._started.send_signal(signal.SIGQUIT)
        self._started.wait()

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs in its folder: as its own user, since it refuses to be run by root."""
        code = self._popen(program, *arguments).wait()
        assert code == 0, (self.folder / "said").read_text()

    def _popen(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        command = [*ending_with_us(), str(self.programs / program), *arguments]
        with (self.folder / "said").open("a") as said:
            return subprocess.Popen(command, cwd=self.folder, stdout=said, stderr=said, **user)  # type: ignore[call-overload,no-any-return]

    def _wait(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                self._do("SELECT 1")
            except psycopg.OperationalError:
                assert self._started.poll() is None and time.monotonic() < deadline, (self.folder / "said").read_text()
                time.sleep(0.05)
            else:
                return

    def fresh(self, like: str = "template0") -> str:
        """The address of a new database: an empty one, or a copy of another."""
        name = f"t{secrets.token_hex(6)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Give a database up."""
        self._do(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def url(self, name: str) -> str:
        """Where a database is, as DATABASE_URL says it."""
        return f"postgresql+psycopg://postgres:{self.password}@127.0.0.1:{self.port}/{name}"

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def _hand_over(self) -> None:
        if os.geteuid() == 0:
            for path in (self.folder, self.folder / "password"):
                shutil.chown(path, "postgres", "postgres")


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of one's own."""
    found = shutil.which("initdb") or next(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)
    programs = Path(had(found, "PostgreSQL")).parent
    with own_folder() as folder:
        server = PostgreSQL(folder, programs)
        server.start()
        try:
            yield server
        finally:
            server.stop()
