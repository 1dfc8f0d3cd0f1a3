"""The committed ledger `changes.csv`: every change of every release with its reason, complete enough to be undone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.declaration import Table
from etl.releasing.difference import Change
from etl.tables import Row, TableError

FILE = "changes.csv"
COLUMNS = (
    *("change_id", "version", "table_name", "row_id", "column_name", "old_text", "new_text"),
    *("reason_text", "correction_id", "successor"),
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A change, the version in which it came, why, by which correction, and what stands for a row that went."""

    change_id: str
    version: str
    change: Change
    reason: str = ""
    correction: str = ""
    successor: str = ""

    @property
    def cells(self) -> dict[str, str]:
        """The line of the ledger."""
        c = self.change
        told = (c.table, c.row, c.column, c.old, c.new, self.reason, self.correction, self.successor)
        return dict(zip(COLUMNS, (self.change_id, self.version, *told), strict=True))


def numbered(version: str, notes: Sequence[tuple[Change, str, str, str]]) -> list[Noted]:
    """Changes of a version with their reason, correction and successor, in the order given, under their ids."""
    width = max(4, len(str(len(notes))))
    return [Noted(f"{version}-{n:0{width}}", version, *note) for n, note in enumerate(notes, 1)]


def read_noted(folder: Path, versions: Iterable[str]) -> list[Noted]:
    """The changes of recorded versions; what a killed publisher wrote for another is passed over."""
    path, known = folder / FILE, set(versions)
    if not path.exists():
        return []
    try:
        csv.field_size_limit(1 << 30)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [_noted(row) for row in csv.DictReader(file) if row["version"] in known]
    except (csv.Error, UnicodeDecodeError, KeyError, TypeError) as error:
        raise TableError(f"变更簿 {path} 读不出来（{error}）：请从版本库恢复这个文件，切勿删除。") from error


def noted_text(noted: Iterable[Noted]) -> str:
    """The ledger as CSV."""
    return "".join(map(_line, [COLUMNS, *(tuple(one.cells.values()) for one in noted)]))


def change_rows(table: Table, noted: Iterable[Noted]) -> list[Row]:
    """The rows of the table `change`, as far as the collection declares its columns."""
    return [{c: v or None for c, v in one.cells.items() if c in table.columns} for one in noted]


def _line(cells: Sequence[str]) -> str:
    """One line; the writer quotes a lone CR in a cell only where its line end holds one."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()[:-2] + "\n"


def _noted(row: dict[str, Any]) -> Noted:
    cells = {name: row[name] or "" for name in COLUMNS}
    change = Change(*(cells[c] for c in ("table_name", "row_id", "column_name", "old_text", "new_text")))
    told = (cells["reason_text"], cells["correction_id"], cells["successor"])
    return Noted(cells["change_id"], cells["version"], change, *told)
