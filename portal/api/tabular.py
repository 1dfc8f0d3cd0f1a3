"""CSV: as the data is, or made safe for spreadsheets, which take some cells for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

BOM = "\ufeff"
_RISKY = tuple("=+-@\t\r\0＝＋－＠")


def lines(columns: Iterable[str], chunks: Iterable[Iterable[dict[str, Any]]], *, spreadsheet: bool) -> Iterator[bytes]:
    """The header and then each chunk of rows; for spreadsheets with a byte order mark and no formulas."""
    columns = list(columns)
    head = _text([columns])
    yield ((BOM if spreadsheet else "") + head).encode("utf-8")
    for chunk in chunks:
        rows = ([_cell(row[c]) for c in columns] for row in chunk)
        yield _text([[harmless(c) for c in r] for r in rows] if spreadsheet else rows).encode("utf-8")


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless("-2"), harmless(-2), harmless("＠SUM"), harmless("研发")
    ("'=1+1", '-2', -2, "'＠SUM", '研发')
    """
    if not isinstance(cell, str) or not cell.startswith(_RISKY) or _is_number(cell):
        return cell
    return f"'{cell}"


def _cell(value: Any) -> Any:
    """Booleans as Table Schema writes them."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _text(rows: Iterable[Iterable[Any]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _is_number(text: str) -> bool:
    return text.isascii() and text.lstrip("+-").replace(".", "", 1).isdigit()
