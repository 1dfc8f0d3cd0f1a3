"""The rows of a collection's tables on the disk: memory does not grow with their number."""
# Names in the SQL come from a checked declaration and are quoted; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import Any, overload

from etl.declaration import Table
from etl.scratch import scratch

Row = dict[str, Any]


class Shelved(Sequence[Row]):
    """The rows of one table in the order in which they were added; each is made anew when it is asked for."""

    def __init__(self, database: sqlite3.Connection, table: Table) -> None:
        self._database, self._table = database, table
        self._booleans = frozenset(f.name for f in table.fields if f.type == "boolean")

    def create(self) -> None:
        """Make the table; cells keep the types that they are given."""
        self._database.execute(f"CREATE TABLE {self._from} ({_names(self._table.columns)})")

    def __iter__(self) -> Iterator[Row]:
        return self._select("ORDER BY rowid")

    def __len__(self) -> int:
        (count,) = self._database.execute(f"SELECT count(*) FROM {self._from}").fetchone()
        return int(count)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice) or index < 0:
            return list(self)[index]
        for row in self._select("ORDER BY rowid LIMIT 1 OFFSET ?", (index,)):
            return row
        raise IndexError(index)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def by(self, order: Sequence[str], only: Sequence[str] = ()) -> Iterator[Row]:
        """The rows in the order of these columns (nothing, numbers, text by code point), whole or only some columns."""
        return self._select(f"ORDER BY {_names(order)}, rowid", columns=only)

    def where(self, column: str, value: object) -> list[Row]:
        """The rows that have this value in the column, which is indexed for it."""
        self._index(column)
        return list(self._select(f"WHERE {_name(column)} = ? ORDER BY rowid", (value,)))

    def values(self, column: str) -> set[Any]:
        """The different values of a column."""
        return {value for (value,) in self._database.execute(f"SELECT DISTINCT {_name(column)} FROM {self._from}")}

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows; columns that they lack are empty."""
        columns = self._table.columns
        sql = f"INSERT INTO {self._from} ({_names(columns)}) VALUES ({', '.join('?' * len(columns))})"
        self._database.executemany(sql, (tuple(map(row.get, columns)) for row in rows))

    def change(self, row: Row) -> None:
        """Put the row in the place of the one with its key."""
        self._index(self._table.key)
        columns = self._table.columns
        cells = ", ".join(f"{_name(column)} = ?" for column in columns)
        sql = f"UPDATE {self._from} SET {cells} WHERE {_name(self._table.key)} = ?"
        self._database.execute(sql, (*map(row.get, columns), row[self._table.key]))

    def replace(self, rows: Iterable[Row]) -> None:
        """Put these rows in the place of all, from which they may be made one by one."""
        fresh = Shelved(self._database, replace(self._table, name=f"{self._table.name} anew"))
        fresh.create()
        fresh.add(rows)
        self._database.execute(f"DROP TABLE {self._from}")
        self._database.execute(f"ALTER TABLE {fresh._from} RENAME TO {self._from}")

    def remove(self, keys: Iterable[object]) -> None:
        """Remove the rows with these keys."""
        self._index(self._table.key)
        sql = f"DELETE FROM {self._from} WHERE {_name(self._table.key)} = ?"
        self._database.executemany(sql, ((key,) for key in keys))

    @property
    def _from(self) -> str:
        return _name(self._table.name)

    def _select(self, rest: str, values: Sequence[object] = (), columns: Sequence[str] = ()) -> Iterator[Row]:
        columns = columns or self._table.columns
        booleans = [column for column in columns if column in self._booleans]
        for cells in self._database.execute(f"SELECT {_names(columns)} FROM {self._from} {rest}", values):
            row = dict(zip(columns, cells, strict=True))
            for column in booleans:
                row[column] = None if row[column] is None else bool(row[column])
            yield row

    def _index(self, column: str) -> None:
        index = _name(f"{self._table.name} by {column}")
        self._database.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {self._from} ({_name(column)})")


class Shelf(Mapping[str, Shelved]):
    """The tables by name; `texts` are the public texts of the sources by their ids."""

    def __init__(self, tables: Sequence[Table], rows: Mapping[str, Iterable[Row]] | None = None) -> None:
        self._database = scratch()
        self.texts = Texts(self._database)
        self._declared = tables
        self._tables = {table.name: Shelved(self._database, table) for table in tables}
        for table in tables:
            self[table.name].create()
            self[table.name].add((rows or {}).get(table.name, ()))

    def __getitem__(self, name: str) -> Shelved:
        return self._tables[name]

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process gets a shelf of its own with the same rows and texts."""
        return _shelf, (self._declared, {name: list(rows) for name, rows in self.items()}, dict(self.texts))

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


class Texts(MutableMapping[str, str]):
    """Texts by name."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._database.execute("CREATE TABLE _texts (name TEXT PRIMARY KEY, text TEXT)")

    def __getitem__(self, name: str) -> str:
        found = self._database.execute("SELECT text FROM _texts WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        return str(found[0])

    def __setitem__(self, name: str, text: str) -> None:
        self._database.execute("INSERT OR REPLACE INTO _texts VALUES (?, ?)", (name, text))

    def __delitem__(self, name: str) -> None:
        if not self._database.execute("DELETE FROM _texts WHERE name = ?", (name,)).rowcount:
            raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter([name for (name,) in self._database.execute("SELECT name FROM _texts ORDER BY rowid")])

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM _texts").fetchone()[0])


def _shelf(tables: Sequence[Table], rows: Mapping[str, Iterable[Row]], texts: Mapping[str, str]) -> Shelf:
    shelf = Shelf(tables, rows)
    shelf.texts.update(texts)
    return shelf


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _names(identifiers: Iterable[str]) -> str:
    return ", ".join(map(_name, identifiers))
