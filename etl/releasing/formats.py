"""Tables in the other forms in which people take them: JSON, Parquet, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from etl.cells import canonical, value_of
from etl.declaration import Field, Table
from etl.tables import Row, sort_rows

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""

_POLARS = {"integer": "Int64", "year": "Int64", "number": "Float64", "boolean": "Boolean", "date": "Date"}
_NUMERIC = frozenset({"integer", "year", "number", "boolean"})


def typed_rows(table: Table, rows: Iterable[Row]) -> list[Row]:
    """Rows by key, every declared column there and of its declared type, whatever the rows were read from."""
    return [
        {f.name: value_of(f.type, canonical(row.get(f.name))) for f in table.fields} for row in sort_rows(table, rows)
    ]


def write_json(rows: Iterable[Row], path: Path) -> None:
    """An array of row objects, a row a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.write_bytes(f"[\n{lines}\n]\n".encode() if lines else b"[]\n")


def write_spreadsheet(table: Table, rows: Iterable[Row], path: Path) -> None:
    """CSV that spreadsheets open rightly: a BOM, CRLF, nothing that would run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in rows:
        writer.writerow(_shown(field, row[field.name]) for field in table.fields)
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"))


def write_parquet(table: Table, rows: list[Row], path: Path) -> None:
    """Parquet with a column a field, whether there are rows or not."""
    # Imported here: it takes a while, and only releases need it.
    import polars

    types = {f.name: getattr(polars, _POLARS.get(f.type, "String")) for f in table.fields}
    columns = {name: [_dated(kind, row[name]) for row in rows] for name, kind in _kinds(table)}
    polars.DataFrame(columns, schema=types).write_parquet(path, compression="zstd", statistics=True)


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> defused("=1+1"), defused("1+1"), defused("-")
    ("'=1+1", '1+1', "'-")
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def _shown(field: Field, value: Any) -> str:
    text = canonical(value)
    return text if field.type in _NUMERIC else defused(text)


def _kinds(table: Table) -> list[tuple[str, str]]:
    return [(f.name, f.type) for f in table.fields]


def _dated(kind: str, value: Any) -> Any:
    return date.fromisoformat(value) if kind == "date" and value is not None else value
