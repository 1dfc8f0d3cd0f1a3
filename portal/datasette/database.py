"""A published build as Datasette's database: its own connections, its schema read once, answers of bounded size."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from datasette.database import Database, QueryInterrupted, Results
from datasette.utils import sqlite_timelimit
from datasette.views.base import DatasetteError

from portal.datasette.reply import reply
from portal.datasette.words import in_words
from portal.published import PublishedCollection
from portal.published.connections import connect

FREE_BYTES, OWN_BYTES = 2_000_000, 16_000_000
"""How much a result may hold: of SQL that anyone wrote, and of Datasette's own."""
TOO_MANY = "结果多于 {0} 行：请在语句末尾写 limit {0}（下一批加 offset），或下载数据库后查询。"
PER_CELL = 32
"""What a cell costs besides its characters."""
REMEMBERED = (
    "view_names",
    "hidden_table_names",
    "table_columns",
    "table_column_details",
    "primary_keys",
    "fts_table",
    "foreign_keys_for_table",
    "get_all_foreign_keys",
    "get_table_definition",
    "get_view_definition",
)


class ReleaseDatabase(Database):  # type: ignore[misc]
    """One build. Datasette keeps connections by a database's name, which would go on serving the build before."""

    def __init__(self, datasette: Any, served: PublishedCollection, name: str) -> None:
        super().__init__(datasette, path=str(served.build.database), is_mutable=False)
        self.name = self.route = name
        self._file = served.build.database
        self.cached_hash = served.build.content_hash
        self._cached_table_counts = {t.name: served.count(t.name) for t in served.collection.tables}
        self.declared = frozenset(served.collection.by_name)
        self._local = threading.local()
        for method in REMEMBERED:
            setattr(self, method, self._remembering(getattr(self, method)))

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection through which nothing can be written."""
        connection = connect(self._file)
        self._all_file_connections.append(connection)
        return connection

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run a function with this thread's connection; free SQL has threads of its own, and pages need not wait."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.ds.executor_for(reply.get()), partial(self._in_thread, fn))

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        """The rows of a statement: within the time limit, and never more than may be sent."""
        longest = min(custom_time_limit or self.ds.sql_time_limit_ms, self.ds.sql_time_limit_ms)
        most = self._most_rows(page_size) if truncate else None
        about = reply.get()
        try:
            results = await self.execute_fn(partial(_execute, sql, params or {}, longest, most, about.free))
        except sqlite3.OperationalError as error:
            # Datasette would answer a CSV with an empty file.
            raise (DatasetteError(str(error), status=400) if about.bare else error) from error
        about.truncated |= results.truncated
        if about.truncated and about.bare:
            raise DatasetteError(TOO_MANY.format(most), status=400)
        return results

    async def table_names(self) -> list[str]:
        """The declared tables; those in which SQLite keeps the search are no one's business."""
        return sorted(self.declared)

    async def table_exists(self, table: str) -> bool:
        """Whether a table of that name is declared."""
        return table in self.declared

    async def attached_databases(self) -> list[Any]:
        """None: nothing can be attached."""
        return []

    def _most_rows(self, page_size: int | None) -> int:
        """As Datasette counts: a page of the largest size needs one row more, to know whether another follows."""
        most = int(self.ds.max_returned_rows)
        return most + 1 if most == (page_size or self.ds.page_size) else most

    def _in_thread(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self.connect()
            self.ds._prepare_connection(connection, self.name)
        return fn(connection)

    def _remembering(self, method: Any) -> Any:
        """The same method, asked once for each declared table: a build never changes."""
        answers: dict[tuple[Any, ...], Any] = {}

        async def remembered(*args: Any) -> Any:
            if args in answers:
                return answers[args]
            answer = await method(*args)
            if self.declared.issuperset(args[:1]):
                answers[args] = answer
            return answer

        return remembered


def _execute(
    sql: str, params: Any, longest: int, most: int | None, free: bool, connection: sqlite3.Connection
) -> Results:
    with sqlite_timelimit(connection, longest):
        cursor = connection.cursor()
        try:
            cursor.execute(sql, params)
            rows, more = fetched(cursor, most, FREE_BYTES if free else OWN_BYTES)
        except sqlite3.Error as error:
            if error.args == ("interrupted",):
                raise QueryInterrupted(error, sql, params) from error
            raise sqlite3.OperationalError(in_words(str(error))) from error
        except (MemoryError, OverflowError, UnicodeError) as error:
            raise sqlite3.OperationalError(in_words(type(error).__name__)) from error
        description = cursor.description
        cursor.close()
    return Results(rows, more, description)


def fetched(cursor: sqlite3.Cursor, most: int | None, largest: int) -> tuple[list[Any], bool]:
    """At most that many rows and whether there are more; an error once they hold more than may be sent."""
    rows: list[Any] = []
    held = 0
    for row in cursor:
        if len(rows) == most:
            return rows, True
        held += sum(PER_CELL + (len(c) if isinstance(c, str | bytes) else 0) for c in row)
        if held > largest:
            raise sqlite3.OperationalError("result too large")
        rows.append(row)
    return rows, False
