"""One collection as it is served: the rows of its current build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from etl.declaration import Collection, Table
from etl.releasing.current import Build
from portal.published import links, sql
from portal.published.connections import Connections, connect
from portal.published.rows import Row, typed
from portal.published.sql import Filters

CHUNK = 500
AT_ONCE = 400
"""Keys looked up in one statement; SQLite binds at most 999 values in old builds."""


@dataclass(frozen=True, eq=False)
class PublishedCollection:
    """The declaration and the rows of one build; a newer build is another object."""

    collection: Collection
    build: Build
    connections: Connections

    @property
    def name(self) -> str:
        """Name of the collection."""
        return self.collection.name

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The first parts of the paths under which rows have pages."""
        return frozenset(t.address for t in self.collection.tables if t.address)

    def select(self, statement: str, parameters: Iterable[Any] | dict[str, Any] = ()) -> list[Row]:
        """The rows of a statement written in this package, as SQLite stores them."""
        bound = parameters if isinstance(parameters, dict) else tuple(parameters)
        return [dict(r) for r in self._cursor(statement, bound)]

    def row(self, table: str, key: str) -> Row | None:
        """The row of that key, if there is one."""
        declared = self.collection.table(table)
        return next(self._rows(declared, f" WHERE {sql.name(declared.key)} = ?", [key]), None)

    def rows(
        self,
        table: str,
        filters: Filters | None = None,
        *,
        order: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Row]:
        """Rows whose cells equal the filters, by key or in the order asked for (`year`, `-year`)."""
        declared = self.collection.table(table)
        return list(self._rows(declared, *_asked(declared, filters, order, limit, offset)))

    def count(self, table: str, filters: Filters | None = None) -> int:
        """How many rows there are."""
        declared = self.collection.table(table)
        condition, values = sql.where(declared, filters or {})
        found = self._cursor(f"SELECT count(*) FROM {sql.name(table)}{condition}", values).fetchone()  # noqa: S608
        return int(found[0])

    def stream(
        self,
        table: str,
        filters: Filters | None = None,
        *,
        order: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[list[Row]]:
        """The same rows in chunks, over a connection of their own: any thread may take the next chunk."""
        declared = self.collection.table(table)
        return self._chunks(declared, *_asked(declared, filters, order, limit, offset))

    def distinct(self, table: str, column: str) -> list[tuple[Any, int]]:
        """The values of a column with the number of their rows, the most frequent first; empty cells left out."""
        declared, cell = self.collection.table(table), sql.name(column)
        sql.where(declared, {column: None})
        statement = (
            f"SELECT {cell}, count(*) FROM {sql.name(table)} WHERE {cell} IS NOT NULL "  # noqa: S608
            f"GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return [(value, number) for value, number in self._cursor(statement, [])]

    def labels(self, table: str, rows: Iterable[Row]) -> dict[str, dict[Any, links.Link]]:
        """Per foreign key column what its values name: one look-up a column, however many rows."""
        declared, rows = self.collection.table(table), list(rows)
        named = {}
        for key in declared.foreign_keys:
            if len(key.fields) == 1:
                values = {r.get(key.fields[0]) for r in rows} - {None}
                named[key.fields[0]] = self._links(self.collection.table(key.table), sorted(values))
        return named

    def referring(self, table: str, key: str, limit: int = 50) -> list[links.Referring]:
        """Rows of other tables that name this one, at most `limit` of each; tables without any are left out."""
        found = []
        for other, column in links.referrers(self.collection, self.collection.table(table)):
            total = self.count(other.name, {column: key})
            if total:
                rows = tuple(self.rows(other.name, {column: key}, limit=limit))
                found.append(links.Referring(other, column, total, rows))
        return found

    def source_text(self, source_id: str) -> str | None:
        """The public text of a source, with what is held back masked; `None` where there is no such source."""
        if self.row("source", source_id) is None:
            return None
        try:
            return str(self.build.source_text(source_id).read_bytes(), "utf-8")
        except FileNotFoundError:
            return None

    def _links(self, table: Table, keys: list[Any]) -> dict[Any, links.Link]:
        found: dict[Any, links.Link] = {}
        for i in range(0, len(keys), AT_ONCE):
            some = keys[i : i + AT_ONCE]
            condition = f" WHERE {sql.name(table.key)} IN ({', '.join('?' * len(some))})"
            rows = self._cursor(sql.select(table, links.needed(table)) + condition, some)
            found |= {row[table.key]: links.link(table, dict(row)) for row in rows}
        return found

    def _rows(self, table: Table, rest: str, values: list[Any]) -> Iterator[Row]:
        return typed(table, self._cursor(sql.select(table) + rest, values))

    def _chunks(self, table: Table, rest: str, values: list[Any]) -> Iterator[list[Row]]:
        connection = connect(self.build.database)
        try:
            cursor = connection.execute(sql.select(table) + rest, values)
            while chunk := cursor.fetchmany(CHUNK):
                yield list(typed(table, chunk))
        finally:
            connection.close()

    def _cursor(self, statement: str, bound: Any) -> Any:
        return self.connections.to(self.name, self.build.database).execute(statement, bound)


def _asked(
    table: Table, filters: Filters | None, order: str | None, limit: int | None, offset: int
) -> tuple[str, list[Any]]:
    """What follows SELECT … FROM, and the values to bind."""
    condition, values = sql.where(table, filters or {})
    rest = f"{condition}{sql.order_by(table, order)} LIMIT ? OFFSET ?"
    return rest, [*values, -1 if limit is None else limit, offset]
