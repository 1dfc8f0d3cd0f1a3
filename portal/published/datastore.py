"""Rows as CKAN's datastore asks for them: lists of values, words to find, several columns to sort by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.bigrams import match_expression
from etl.declaration import Table
from portal.published import sql
from portal.published.collection import PublishedCollection
from portal.published.rows import Row, typed

Order = Sequence[tuple[str, bool]]
"""Columns to sort by, each with whether it descends."""
Condition = tuple[str, list[Any]]


def find(
    served: PublishedCollection,
    table: str,
    *,
    filters: Mapping[str, Sequence[Any]],
    words: str = "",
    words_in: Mapping[str, str] | None = None,
    order: Order = (),
    limit: int = 100,
    offset: int = 0,
) -> tuple[list[Row], int]:
    """The rows whose cells are among the values and that hold the words, each with its `_id`; and how many in all."""
    declared = served.collection.table(table)
    conditions = [_among(declared, column, values) for column, values in filters.items()]
    conditions += [_holding(declared, column, text) for column, text in (words_in or {}).items()]
    conditions += [_anywhere(declared, words)] if words.strip() else []
    condition = "".join(f" {'AND' if n else 'WHERE'} {text}" for n, (text, _) in enumerate(conditions))
    values = [value for _, bound in conditions for value in bound]
    where = f"FROM {sql.name(table)}{condition}"
    total = served.select(f"SELECT count(*) AS n {where}", values)[0]["n"]
    columns = ", ".join(["rowid AS _id", *map(sql.name, declared.columns)])
    statement = f"SELECT {columns} {where}{_ordered(declared, order)} LIMIT ? OFFSET ?"
    rows: Any = served.select(statement, [*values, limit, offset])
    return list(typed(declared, rows)), int(total)


def _among(table: Table, column: str, values: Sequence[Any]) -> Condition:
    """A cell is one of the values; of none, never."""
    found = [sql.where(table, {column: value}) for value in values]
    text = " OR ".join(condition.removeprefix(" WHERE ") for condition, _ in found) or "0"
    return f"({text})", [value for _, bound in found for value in bound]


def _holding(table: Table, column: str, text: str) -> Condition:
    sql.where(table, {column: None})
    return f"instr({sql.name(column)}, ?) > 0", [text]


def _anywhere(table: Table, words: str) -> Condition:
    if table.search:
        index = sql.name(f"{table.name}_fts")
        expression = match_expression(words[:100]) or '""'
        return f"rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)", [expression]  # noqa: S608
    cells = [f"instr({sql.name(c)}, ?) > 0" for c in table.columns]
    return f"({' OR '.join(cells)})", [words.strip()] * len(cells)


def _ordered(table: Table, order: Order) -> str:
    """The order asked for, made total by the key."""
    keys = []
    for column, descends in order:
        sql.where(table, {column: None})
        keys.append(sql.name(column) + (" DESC" if descends else ""))
    return f" ORDER BY {', '.join([*keys, *map(sql.name, table.primary_key)])}"
