"""Rows as the declaration types them."""

from __future__ import annotations

import sqlite3
from typing import Any

from etl.declaration import Table

Row = dict[str, Any]


def typed(table: Table, row: sqlite3.Row) -> Row:
    """A row with its declared columns in order; booleans, stored as 0 and 1, are true and false again."""
    plain = dict(zip(row.keys(), row, strict=True))
    for column in _booleans(table) & plain.keys():
        plain[column] = None if plain[column] is None else bool(plain[column])
    return plain


def label(table: Table, row: Row) -> str:
    """What to call a row: its label column, or its key where that is empty."""
    return str(row.get(table.label) or row[table.key])


def _booleans(table: Table) -> set[str]:
    return {f.name for f in table.fields if f.type == "boolean"}
