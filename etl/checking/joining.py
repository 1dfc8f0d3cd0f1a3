"""Two tables gone through side by side in the order of a key: nothing but the rows of one key is held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from etl.checking.subject import Subject
from etl.declaration import ForeignKey, Table
from etl.tables import Row, rank, rows_by


class Groups:
    """Rows in the order of some columns, group by group; groups are asked for in that order."""

    def __init__(self, rows: Iterable[Row], columns: Sequence[str]) -> None:
        self._groups = ((key, list(group)) for key, group in groupby(rows, key=lambda row: rank(row, columns)))
        self._next = next(self._groups, None)

    def of(self, row: Row, columns: Sequence[str]) -> list[Row]:
        """The group whose key is what these columns of the row hold; none where there is no such group."""
        key = rank(row, columns)
        while self._next and self._next[0] < key:
            self._next = next(self._groups, None)
        return self._next[1] if self._next and self._next[0] == key else []


def with_parents(
    subject: Subject, table: Table, key: ForeignKey, columns: Sequence[str] = ()
) -> Iterator[tuple[Row, Row | None]]:
    """Every row that names another by this key, with the row that it names; of both at least keys and `columns`."""
    parent = subject.collection.table(key.table)
    parents = Groups(rows_by(key.references, _rows(subject, parent), (*key.references, *columns)), key.references)
    for row in rows_by(key.fields, _rows(subject, table), (*dict.fromkeys((table.key, *key.fields, *columns)),)):
        if all(row.get(column) not in (None, "") for column in key.fields):
            yield row, next(iter(parents.of(row, key.fields)), None)


def _rows(subject: Subject, table: Table) -> Iterable[Row]:
    return subject.rows.get(table.name, ())
