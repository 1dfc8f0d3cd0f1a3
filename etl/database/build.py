"""Fills a new database: sorted rows, fixed settings and one history, so that nothing but the rows decides its bytes."""
# Names in the SQL come from a checked declaration and are quoted; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from etl.bigrams import bigrams
from etl.database.checks import problems
from etl.database.ddl import fts, name, names, table_ddl
from etl.declaration import Collection, Table
from etl.tables import Row, Rows, sort_rows

APPLICATION_ID = int.from_bytes(b"ONTC", "big")
USER_VERSION = 1
_SETTINGS = (
    "PRAGMA page_size = 4096",
    'PRAGMA encoding = "UTF-8"',
    "PRAGMA auto_vacuum = NONE",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {USER_VERSION}",
    # The draft is thrown away when anything fails: no journal is needed to mend it.
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    # Rows come table by table, so a row may name one that comes later; all keys are checked at the end.
    "PRAGMA foreign_keys = OFF",
)


class DatabaseError(Exception):
    """A database that can't be built; the message is a sentence for people."""


def build_database(collection: Collection, rows: Rows, path: Path) -> None:
    """Write the collection's tables, indexes and search to a new file; DatabaseError where they do not fit."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".database-") as beside:
            _draft(collection, rows, Path(beside) / "draft.db", path)
        found = problems(collection, path)
    except (sqlite3.Error, OverflowError, OSError) as error:
        path.unlink(missing_ok=True)
        raise DatabaseError(f"数据库 {path.name} 建不起来（{error}）：请核对数据、磁盘空间和权限后再试。") from error
    if found:
        path.unlink()
        raise DatabaseError(f"数据库 {path.name} 没有通过检查：{'；'.join(found)}。请改正数据后再试。")


def _draft(collection: Collection, rows: Rows, draft: Path, path: Path) -> None:
    # isolation_level=None: Python must not open transactions of its own. Pages that VACUUM copies have no gaps.
    with closing(sqlite3.connect(draft, isolation_level=None)) as database:
        for setting in _SETTINGS:
            database.execute(setting)
        database.execute("BEGIN")
        for table in collection.tables:
            _fill(database, table, rows.get(table.name, ()))
        database.execute("COMMIT")
        database.execute("ANALYZE")
        database.execute("VACUUM INTO ?", (str(path),))


def _fill(database: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    for statement in table_ddl(table):
        database.execute(statement)
    _insert(database, name(table.name), ("rowid", *table.columns), _numbered(table, rows))
    if table.search:
        _insert(database, fts(table), ("rowid", "words"), _words(table, rows))
        database.execute(f"INSERT INTO {fts(table)} ({fts(table)}) VALUES ('optimize')")


def _insert(database: sqlite3.Connection, into: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {into} ({names(columns)}) VALUES ({marks})", rows)


def _numbered(table: Table, rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    """Rows with their rowid, by which the search names them.

    VACUUM may number the rows of a table without INTEGER PRIMARY KEY anew. Counted from 1 without a gap in the order in
    which they are stored, they come out of that as they went in; the check of the finished file makes sure of it.
    """
    for number, row in enumerate(sort_rows(table, rows), 1):
        yield number, *(_stored(row.get(column)) for column in table.columns)


def _stored(value: Any) -> Any:
    """An empty text is no value, as in the CSV."""
    return None if value == "" else value


def _words(table: Table, rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(sort_rows(table, rows), 1):
        yield number, bigrams("\n".join(str(row[c]) for c in table.search if row.get(c) is not None))
