"""What differs between two states of the same tables: row by row, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.cells import canonical
from etl.declaration import Table
from etl.tables import LEDGER, Row, Rows


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that changed; without a column a whole row that came (`new`) or went (`old`), as compact JSON.

    `old` and `new` are canonical text, empty where the cell is; `table` and `row` are names and ids.
    """

    table: str
    row: str
    column: str = ""
    old: str = ""
    new: str = ""

    @property
    def came(self) -> bool:
        """Whether the whole row is new."""
        return not self.column and not self.old

    @property
    def went(self) -> bool:
        """Whether the whole row is gone."""
        return not self.column and not self.new


def difference(
    old: Rows, new: Rows, tables: Sequence[Table], old_tables: Sequence[Table] | None = None
) -> list[Change]:
    """Every change that leads from the old rows to the new, by table, row and column.

    `old_tables` are the declarations of the old rows where they were others. The tables that tell of releases are
    left out.
    """
    before = {t.name: t for t in (tables if old_tables is None else old_tables)}
    after = {t.name: t for t in tables}
    return [
        change
        for name in dict.fromkeys([*after, *before])
        if name not in LEDGER
        for change in _in_table(name, before.get(name), after.get(name), old.get(name, []), new.get(name, []))
    ]


def row_id(table: Table, row: Row) -> str:
    """What a row is called in the table of changes: its key."""
    return "|".join(canonical(row.get(column)) for column in table.primary_key)


def row_json(row: Mapping[str, Any], columns: Iterable[str]) -> str:
    """A whole row as compact JSON, empty cells left out."""
    cells = {c: v for c in columns if (v := row.get(c)) not in (None, "")}
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def _in_table(
    name: str, before: Table | None, after: Table | None, old: Sequence[Row], new: Sequence[Row]
) -> Iterator[Change]:
    same_key = before is not None and after is not None and before.primary_key == after.primary_key
    was = _by_id(before, old)
    now = _by_id(after, new)
    common = was.keys() & now.keys() if same_key else set()
    for key in sorted(was.keys() | now.keys()):
        if key in common:
            yield from _in_row(name, key, was[key], now[key], before, after)
            continue
        if key in was and before is not None:
            yield Change(name, key, old=row_json(was[key], before.columns))
        if key in now and after is not None:
            yield Change(name, key, new=row_json(now[key], after.columns))


def _by_id(table: Table | None, rows: Sequence[Row]) -> dict[str, Row]:
    if table is None:
        return {}
    if len(table.primary_key) == 1:
        key = table.key
        return {canonical(row[key]): row for row in rows}
    return {row_id(table, row): row for row in rows}


def _in_row(name: str, key: str, was: Row, now: Row, before: Table | None, after: Table | None) -> Iterator[Change]:
    # Equal rows of one declaration need no closer look; of two, `1` may have become `true`.
    if before is after and was == now:
        return
    columns = (*(after.columns if after else ()), *(before.columns if before else ()))
    for column in dict.fromkeys(columns):
        a, b = was.get(column), now.get(column)
        if a is b or (a == b and type(a) is type(b)):
            continue
        old, new = canonical(a), canonical(b)
        if old != new:
            yield Change(name, key, column, old, new)
