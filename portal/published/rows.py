"""Rows as the declaration types them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from etl.declaration import Table

Row = dict[str, Any]


def typed(table: Table, rows: Iterable[sqlite3.Row]) -> Iterator[Row]:
    """Rows with their columns in order; booleans, stored as 0 and 1, are true and false again."""
    booleans = [f.name for f in table.fields if f.type == "boolean"]
    for row in rows:
        plain = dict(row)
        for column in booleans:
            if plain.get(column) is not None:
                plain[column] = bool(plain[column])
        yield plain


def label(table: Table, row: Row) -> str:
    """What to call a row: its label column, or its key where that is empty."""
    return str(row.get(table.label) or row[table.key])
