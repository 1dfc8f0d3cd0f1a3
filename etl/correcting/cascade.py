"""Takes a row out with what hangs on it: rows that must have it go too, others let go of it."""

from __future__ import annotations

from etl.declaration import Collection, Table
from etl.shelf import Shelf
from etl.tables import Row


def remove(collection: Collection, rows: Shelf, table_name: str, row: Row, reason: str) -> dict[str, str]:
    """Remove the row; returns the ids that went, each with the reason."""
    table = collection.table(table_name)
    row_id = row[table.key]
    rows[table_name].remove([row_id])
    gone = {str(row_id): reason}
    for other in collection.tables:
        for key in other.foreign_keys:
            if key.table == table_name and len(key.fields) == 1:
                gone |= _let_go(collection, rows, other, key.fields[0], row_id)
    return gone


def remove_notice(collection: Collection, rows: Shelf, notice: Row, reason: str) -> dict[str, str]:
    """Remove a notice, its source and every row read in its text, also those that could stand without it."""
    gone: dict[str, str] = {}
    for table in (t for t in collection.tables if {"notice_id", "start"} <= set(t.columns)):
        for row in rows[table.name].where("notice_id", notice["notice_id"]):
            gone |= remove(collection, rows, table.name, row, reason)
    gone |= remove(collection, rows, "notice", notice, reason)
    for source in rows["source"].where("source_id", notice["source_id"]):
        gone |= remove(collection, rows, "source", source, reason)
    return gone


def _let_go(collection: Collection, rows: Shelf, table: Table, column: str, row_id: str) -> dict[str, str]:
    gone: dict[str, str] = {}
    for row in rows[table.name].where(column, row_id):
        if table.field(column).required:
            gone |= remove(collection, rows, table.name, row, f"所依据的 {row_id} 已撤回")
        else:
            rows[table.name].change({**row, column: None})
    return gone
