"""PostgreSQL: dumped as it is at one moment, restored beside, and put in place in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

from portal.backup.errors import BackupError
from portal.backup.programs import conninfo, run

NAME = "portal.dump"
PLAIN = ("--no-owner", "--no-privileges")
TRIES = 3


def dump(url: URL, target: Path, snapshot: str | None = None) -> None:
    """Write a dump; of the moment that another connection sees, where its snapshot is given."""
    moment = (f"--snapshot={snapshot}",) if snapshot else ()
    run("pg_dump", url, "--format=custom", *PLAIN, *moment, f"--file={target}")


@contextmanager
def beside(url: URL, dumped: Path) -> Iterator[URL]:
    """A database of its own with what was dumped, gone afterwards."""
    other = url.set(database=f"{url.database}_restore_{secrets.token_hex(4)}")
    _do(url, sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(other.database or "")))
    try:
        run("pg_restore", other, *PLAIN, "--exit-on-error", str(dumped))
        yield other
    finally:
        _do(url, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(other.database or "")))


def put(source: URL, url: URL, folder: Path) -> None:
    """Make a database what another one is: running processes see it at their next look, or nothing has changed."""
    dumped = folder / "beside.dump"
    dump(source, dumped)
    for tried in range(TRIES):
        try:
            run("pg_restore", url, *PLAIN, "--clean", "--if-exists", "--single-transaction", str(dumped))
        except BackupError:
            # A writer and the switch may wait for each other: one is sent away, and may come again.
            if tried == TRIES - 1:
                raise
        else:
            return


def _do(url: URL, statement: sql.Composed) -> None:
    try:
        with psycopg.connect(conninfo(url, with_password=True), autocommit=True) as connection:
            connection.execute(statement)
    except psycopg.Error as error:
        said = str(error).splitlines()[0]
        raise BackupError(
            f"数据库不能用来恢复（{said}）：请检查 DATABASE_URL；账号要有 CREATEDB 权限，以便先在旁边恢复、核对。"
        ) from error
