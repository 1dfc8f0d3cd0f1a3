"""SQLite: copied while it is in use, and put back while it is in use, in one transaction."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from portal.backup.errors import BackupError

NAME = "portal.db"
PATIENCE = 30.0
"""Seconds to wait for a writer."""


def dump(database: Path, target: Path) -> None:
    """Copy a database as it is at one moment, checked."""
    try:
        with closing(_open(database, "ro")) as source, closing(sqlite3.connect(target)) as copy:
            # All pages in one step: a copy in steps begins again with each write of another process.
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            check(copy, database)
    except sqlite3.Error as error:
        raise BackupError(f"{database} 不能备份（{error}）：请检查磁盘和权限，或从较早的备份恢复。") from error


def check(connection: sqlite3.Connection, database: Path) -> None:
    """BackupError where a database is damaged."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise BackupError(f"{database} 已经损坏（{found}）：请从较早的备份恢复。")


def put(source: Path, database: Path) -> None:
    """Make a database what another one is: running processes see it at their next look, or nothing has changed."""
    try:
        with closing(_open(source, "rw")) as new, closing(_open(database, "rwc")) as live:
            live.execute("PRAGMA journal_mode = WAL")
            new.backup(live)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        raise BackupError(
            f"{database} 现在写不进（{error}）：什么都没有改动。请检查剩余空间和权限，再试一次。"
        ) from error
    except sqlite3.DatabaseError:
        _replace(source, database)
    database.chmod(0o600)


def _replace(source: Path, database: Path) -> None:
    """Put a file in the place of one that is no database any more, which is kept aside."""
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    database.replace(database.with_name(f"{database.name}.damaged"))
    os.replace(source, database)  # noqa: PTH105 - beside the other names of files


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE)
