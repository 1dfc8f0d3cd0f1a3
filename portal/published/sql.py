"""The pieces of SQL that published tables are read with: names come from the declaration, values are bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from etl.declaration import Table

Filters = Mapping[str, Any]
"""Column → the value that its cell must equal; `None` or an empty text asks for empty cells."""


class UnknownColumnError(ValueError):
    """A column that the table does not have; the message is a sentence for people."""

    def __init__(self, table: Table, column: str) -> None:
        super().__init__(f"表“{table.title}”没有 {column} 这一列：可用的列有 {'、'.join(table.columns)}。")


def name(identifier: str) -> str:
    """A quoted identifier.

    >>> name("end")
    '"end"'
    """
    return '"' + identifier.replace('"', '""') + '"'


def select(table: Table, columns: Iterable[str] = ()) -> str:
    """Some columns of the table, or all that are declared."""
    return f"SELECT {', '.join(map(name, columns or table.columns))} FROM {name(table.name)}"  # noqa: S608


def where(table: Table, filters: Filters) -> tuple[str, list[Any]]:
    """The condition that all filters hold, and the values to bind."""
    conditions: list[str] = []
    values: list[Any] = []
    for column, value in filters.items():
        if column not in table.columns:
            raise UnknownColumnError(table, column)
        if value is None or value == "":
            conditions.append(f"{name(column)} IS NULL")
        else:
            conditions.append(f"{name(column)} = ?")
            values.append(_bound(table, column, value))
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values


def order_by(table: Table, order: str | None) -> str:
    """The order asked for (`year` or, descending, `-year`), made total by the key."""
    keys = [name(k) for k in table.primary_key]
    if order:
        column = order.removeprefix("-")
        if column not in table.columns:
            raise UnknownColumnError(table, column)
        keys = [name(column) + (" DESC" if order.startswith("-") else ""), *keys]
    return f" ORDER BY {', '.join(keys)}"


def _bound(table: Table, column: str, value: Any) -> Any:
    """Booleans are stored as 0 and 1, and asked for as true and false."""
    if table.field(column).type == "boolean" and isinstance(value, str):
        return {"true": 1, "false": 0}.get(value.lower(), value)
    return value
