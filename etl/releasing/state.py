"""A state of a collection that changes can be applied to, forwards and backwards."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from etl.cells import canonical, value_of
from etl.declaration import Collection, Descriptor, from_descriptor
from etl.releasing.declared import TABLE, apply_declaration, declared
from etl.releasing.difference import Change, row_id
from etl.tables import LEDGER, Row, Rows

Cells = dict[str, dict[str, dict[str, str]]]
"""Table → row → column → canonical text; empty cells left out."""


class StateError(Exception):
    """A change that does not fit what is there; the message is a sentence for people."""


@dataclass
class State:
    """The declaration (without version and date) and the cells of every table that has content."""

    descriptor: Descriptor
    cells: Cells

    def apply(self, changes: Iterable[Change], *, backwards: bool = False) -> None:
        """Make the changes, or undo them; StateError where one does not fit."""
        parts: dict[str, str] = {}
        for change in changes:
            old, new = (change.new, change.old) if backwards else (change.old, change.new)
            if change.table == TABLE:
                parts[change.row] = new
            elif change.column:
                self._cell(change, old, new)
            else:
                self._row(change, old, new)
        if parts:
            self.descriptor = apply_declaration(self.descriptor, parts)

    def rows(self, version: str, released_on: str) -> tuple[Collection, Rows]:
        """The collection as of a release, and its typed rows."""
        stamp = {"version": version, "created": f"{released_on}T00:00:00Z"}
        collection = from_descriptor({**self.descriptor, **stamp})
        return collection, {t.name: self._typed(collection, t.name) for t in collection.tables if t.name not in LEDGER}

    def _cell(self, change: Change, old: str, new: str) -> None:
        row = self.cells.get(change.table, {}).get(change.row)
        if row is None or row.get(change.column, "") != old:
            raise _unfit(change)
        if new:
            row[change.column] = new
        else:
            row.pop(change.column, None)

    def _row(self, change: Change, old: str, new: str) -> None:
        table = self.cells.setdefault(change.table, {})
        if old and table.pop(change.row, None) is None:
            raise _unfit(change)
        if new:
            if change.row in table:
                raise _unfit(change)
            table[change.row] = {column: canonical(value) for column, value in json.loads(new).items()}

    def _typed(self, collection: Collection, name: str) -> list[Row]:
        table = collection.table(name)
        return [
            {f.name: value_of(f.type, row.get(f.name, "")) for f in table.fields}
            for row in self.cells.get(name, {}).values()
        ]


def state_of(collection: Collection, rows: Rows) -> State:
    """The state that a collection and its rows make."""
    cells: Cells = {}
    for table in collection.tables:
        if table.name not in LEDGER:
            cells[table.name] = {
                row_id(table, row): {c: text for c in table.columns if (text := canonical(row.get(c)))}
                for row in rows.get(table.name, ())
            }
    return State(declared(collection), cells)


def _unfit(change: Change) -> StateError:
    where = f"表 {change.table} 行 {change.row}" + (f" 列 {change.column}" if change.column else "")
    return StateError(f"变更簿与数据不合（{where}）：请从版本库恢复 changes.csv 和 releases.csv。")
