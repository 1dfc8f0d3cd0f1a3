"""Runs a statement over a release's database under the guard of /data/, and without chance or clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasette.utils import InvalidSql, sqlite_timelimit, validate_sql_select

from portal.datasette import guard, search
from portal.datasette.database import FREE_BYTES, fetched
from portal.datasette.words import in_words
from portal.published.connections import connect
from portal.queries.refusal import QueryRefusedError
from portal.queries.result import Result

CHANCE = frozenset({"random", "randomblob"})
CLOCK = frozenset({"current_timestamp", "current_date", "current_time"})
MACHINE = frozenset({"sqlite_version", "sqlite_source_id", "changes", "total_changes", "last_insert_rowid"})
DATES = ("date", "time", "datetime", "julianday", "unixepoch", "strftime")
_NOW = frozenset({"now", "subsec", "subsecond"})
_ZONE = frozenset({"localtime", "utc"})
_CHANCE = "语句用了 {0}()，每次结果不同，不能引用。"
_CLOCK = "语句的结果随运行的时刻或地方而变（{0}），不能引用：请写明日期。"
_MACHINE = "语句用了 {0}()，结果随运行的机器而变，不能引用。"


@dataclass(frozen=True)
class Limits:
    """How long a statement may run and how many rows it may give."""

    milliseconds: int = 1000
    rows: int = 1000


@dataclass
class _Watch:
    """Says which function made a statement one that can't be cited."""

    words: str = ""
    dates: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:", check_same_thread=False))

    def authorised(self, action: int, first: str | None, second: str | None, base: Any, trigger: Any) -> int:
        """The guard's answer, and no to what depends on chance, clock or machine."""
        name = (second or "").lower() if action == sqlite3.SQLITE_FUNCTION else ""
        for names, words in ((CHANCE, _CHANCE), (CLOCK, _CLOCK), (MACHINE, _MACHINE)):
            if name in names:
                self.words = words.format(name)
                return sqlite3.SQLITE_DENY
        return guard.authorised(action, first, second, base, trigger)

    def dating(self, name: str) -> Callable[..., Any]:
        """SQLite's own function of dates, which refuses to look at the clock."""

        def dated(*given: Any) -> Any:
            times = [str(g).strip().lower() for g in (given[1:] if name == "strftime" else given)]
            if not times or times[0] in _NOW or _ZONE & set(times):
                self.words = _CLOCK.format(f"{name}({', '.join(map(repr, times))})")
                # Noted, not raised: SQLite could only say that some function failed.
                return None
            marks = ", ".join("?" * len(given))
            return self.dates.execute(f"SELECT {name}({marks})", given).fetchone()[0]

        return dated


def run(database: Path, sql: str, parameters: Mapping[str, str], limits: Limits) -> Result:
    """The whole result; QueryRefusedError says in words why there is none that could be cited."""
    try:
        validate_sql_select(sql)
    except InvalidSql as error:
        raise QueryRefusedError(in_words(str(error))) from error
    with _watched(database) as (connection, watch), sqlite_timelimit(connection, limits.milliseconds):
        try:
            cursor = connection.execute(sql, dict(parameters))
            rows, more = fetched(cursor, limits.rows, FREE_BYTES)
        except (sqlite3.Error, sqlite3.Warning, OverflowError, MemoryError, UnicodeError) as error:
            raise QueryRefusedError(watch.words or in_words(str(error) or type(error).__name__)) from error
        if watch.words:
            raise QueryRefusedError(watch.words)
        if more:
            raise QueryRefusedError(f"结果多于 {limits.rows} 行，这里只能给出一部分，不能引用：请加上条件。")
        columns = tuple(str(d[0]) for d in cursor.description or ())
    return Result(columns, tuple(tuple(row) for row in rows))


@contextmanager
def _watched(database: Path) -> Iterator[tuple[sqlite3.Connection, _Watch]]:
    connection, watch = connect(database), _Watch()
    try:
        guard.prepare_connection(connection)
        search.prepare_connection(connection)
        for name in DATES:
            connection.create_function(name, -1, watch.dating(name))
        connection.set_authorizer(watch.authorised)
        yield connection, watch
    finally:
        connection.close()
        watch.dates.close()
