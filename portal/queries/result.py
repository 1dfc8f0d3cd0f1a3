"""The result of a query and its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """Columns and rows as SQLite gives them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def hash(self) -> str:
        """SHA-256 over the columns and the rows, a line of JSON each, the rows' lines in the order of their bytes."""
        lines = sorted(_line(row) for row in self.rows)
        return hashlib.sha256(b"".join([_line(self.columns), *lines])).hexdigest()


def plain(cell: Any) -> Any:
    """A cell as JSON can hold it."""
    return cell.hex() if isinstance(cell, bytes) else cell


def _line(cells: tuple[Any, ...]) -> bytes:
    return json.dumps([plain(c) for c in cells], ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
