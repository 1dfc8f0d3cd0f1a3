"""Tables in the other forms in which people take them: JSON, Parquet, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from etl.cells import canonical, value_of
from etl.declaration import Field, Table
from etl.tables import Row, sort_rows

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""

_POLARS = {"integer": "Int64", "year": "Int64", "number": "Float64", "boolean": "Boolean", "date": "Date"}
_AT_ONCE = 10_000
_NUMERIC = frozenset({"integer", "year", "number", "boolean"})


def typed_rows(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows by key, every declared column there and of its declared type, whatever the rows were read from."""
    for row in sort_rows(table, rows):
        yield {f.name: value_of(f.type, canonical(row.get(f.name))) for f in table.fields}


def write_json(rows: Iterable[Row], path: Path) -> None:
    """An array of row objects, a row a line."""
    before = "[\n"
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in rows:
            file.write(before + json.dumps(row, ensure_ascii=False, separators=(",", ":")))
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def write_spreadsheet(table: Table, rows: Iterable[Row], path: Path) -> None:
    """CSV that spreadsheets open rightly: a BOM, CRLF, nothing that would run as a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.columns)
        for row in rows:
            writer.writerow(_shown(field, row[field.name]) for field in table.fields)


def write_parquet(table: Table, rows: Iterable[Row], path: Path) -> None:
    """Parquet with a column a field, whether there are rows or not."""
    # Imported here: it takes a while, and only releases need it.
    import polars

    types = {f.name: getattr(polars, _POLARS.get(f.type, "String")) for f in table.fields}
    frames = [polars.DataFrame(schema=types)]
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        columns = {name: [_dated(kind, row[name]) for row in some] for name, kind in _kinds(table)}
        frames.append(polars.DataFrame(columns, schema=types))
    polars.concat(frames, rechunk=True).write_parquet(path, compression="zstd", statistics=True)


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
