"""Every entry of the ledger while a collection is built, on the disk: memory does not grow with their number."""
# The names in the SQL are those of this module; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from etl.releasing.entry import COLUMNS, WITHDRAWN, Entry
from etl.scratch import scratch

_cells = attrgetter(*COLUMNS)
_NAMES = ", ".join(f'"{column}"' for column in COLUMNS)
_MARKS = ", ".join("?" * len(COLUMNS))


class Book:
    """Entries by id; those that stood there before are open until they are entered again."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._database = scratch()
        self._database.execute(f"CREATE TABLE entry ({_NAMES}, open, PRIMARY KEY (id)) WITHOUT ROWID")
        self._database.execute('CREATE INDEX by_place ON entry ("table", source_sha256) WHERE open')
        self._insert = f"INSERT OR REPLACE INTO entry ({_NAMES}, open) VALUES ({_MARKS}, ?)"
        self._database.executemany(self._insert, ((*_cells(entry), True) for entry in entries))

    def __iter__(self) -> Iterator[Entry]:
        """By id, those of letters and digits by code point."""
        return self._select("ORDER BY id")

    def __contains__(self, row_id: str) -> bool:
        return self._database.execute("SELECT 1 FROM entry WHERE id = ?", (row_id,)).fetchone() is not None

    def __getitem__(self, row_id: str) -> Entry:
        if (found := self.get(row_id)) is None:
            raise KeyError(row_id)
        return found

    def get(self, row_id: str) -> Entry | None:
        """The entry of that id, if it was ever given."""
        return next(self._select("WHERE id = ?", row_id), None)

    def enter(self, entry: Entry) -> None:
        """Write an entry of this time, in the place of an earlier one with its id."""
        self._database.execute(self._insert, (*_cells(entry), False))

    def open_of(self, places: Iterable[tuple[str, str]]) -> list[Entry]:
        """The open entries of these tables and sources."""
        where = 'WHERE open AND "table" = ? AND source_sha256 = ?'
        return [entry for place in sorted(places) for entry in self._select(where, *place)]

    def withdraw_open(self, reason: str, successor: str = "", table: str = "", label: str = "") -> None:
        """Withdraw what is still open and not withdrawn, all of it or what has this label in a table."""
        sql = "UPDATE entry SET open = FALSE, status = ?, reason = ?, successor = ? WHERE open AND status <> ?"
        values = [WITHDRAWN, reason, successor, WITHDRAWN]
        if table:
            sql, values = f'{sql} AND "table" = ? AND label = ?', [*values, table, label]
        self._database.execute(sql, values)

    def ids_from(self, first: str, end: str) -> Iterator[str]:
        """Ids that stand between two words in their order, the second left out."""
        sql = "SELECT id FROM entry WHERE id >= ? AND id < ?"
        return (row_id for (row_id,) in self._database.execute(sql, (first, end)))

    def _select(self, rest: str, *values: str) -> Iterator[Entry]:
        return (Entry(*cells) for cells in self._database.execute(f"SELECT {_NAMES} FROM entry {rest}", values))
