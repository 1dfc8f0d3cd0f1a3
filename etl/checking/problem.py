"""What a check found wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong: table, row (its id), column (or several, or none) and a sentence; `check` is who found it."""

    table: str
    row: str
    column: str
    message: str
    check: str

    def __str__(self) -> str:
        where = "，".join(
            part
            for part in (f"表 {self.table}", self.row and f"行 {self.row}", self.column and f"列 {self.column}")
            if part
        )
        return f"{where}：{self.message}"
