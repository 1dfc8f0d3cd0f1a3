"""CSV: as the data is, or made safe for spreadsheets, which take some cells for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from etl.cells import canonical

BOM = "\ufeff"
_RISKY = tuple("=+-@\t\r\0＝＋－＠")


def lines(columns: Iterable[str], chunks: Iterable[Iterable[dict[str, Any]]], *, spreadsheet: bool) -> Iterator[bytes]:
    """The header and then each chunk of rows; for spreadsheets with a byte order mark and no formulas."""
    columns = list(columns)
    yield ((BOM if spreadsheet else "") + _text([columns])).encode("utf-8")
    for chunk in chunks:
        rows = ([row[c] for c in columns] for row in chunk)
        yield _text([canonical(harmless(c) if spreadsheet else c) for c in r] for r in rows).encode("utf-8")


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> harmless("=1+1"), harmless("-2"), harmless(-2), harmless("＠SUM"), harmless("研发")
    ("'=1+1", '-2', -2, "'＠SUM", '研发')
    """
    if not isinstance(cell, str) or not cell.startswith(_RISKY) or _is_number(cell):
        return cell
    return f"'{cell}"


class _Lines(list[str]):
    """Takes lines from a writer, which quotes a lone CR only if it ends lines with CRLF; released files end with LF."""

    def write(self, line: str) -> int:
        self.append(line[:-2] + "\n")
        return len(line)


def _text(rows: Iterable[Iterable[Any]]) -> str:
    written = _Lines()
    csv.writer(written).writerows(rows)
    return "".join(written)


def _is_number(text: str) -> bool:
    return text.isascii() and text.lstrip("+-").replace(".", "", 1).isdigit()
