"""Keys: primary and unique ones name one row each, foreign ones name a row that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from etl.checking.joining import with_parents
from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import ForeignKey, Table
from etl.tables import Row, rows_by


def find(subject: Subject) -> Iterator[Problem]:
    """Keys that repeat, are empty, or lead nowhere."""
    for table in subject.collection.tables:
        rows = subject.rows.get(table.name, ())
        yield from _empty(table, rows)
        for columns in (table.primary_key, *table.unique_keys):
            yield from _repeated(table, rows, columns)
        for key in table.foreign_keys:
            yield from _dangling(subject, table, key)


def _empty(table: Table, rows: Iterable[Row]) -> Iterator[Problem]:
    for row in rows:
        for column in table.primary_key:
            if row.get(column) in (None, ""):
                yield problem("keys", table, row, column, "主键留空：请补上编号")


def _repeated(table: Table, rows: Iterable[Row], columns: tuple[str, ...]) -> Iterator[Problem]:
    """Rows that follow one with the same key, when they are in the order of that key."""
    first: Row | None = None
    for row in rows_by(columns, rows, tuple(dict.fromkeys((table.key, *columns)))):
        values = _values(row, columns)
        if values is None:
            continue
        if first is not None and values == _values(first, columns):
            said = f"{_written(values)} 与行 {first.get(table.key)} 重复：请合并两行或改正其一"
            yield problem("keys", table, row, ",".join(columns), said)
        else:
            first = row


def _dangling(subject: Subject, table: Table, key: ForeignKey) -> Iterator[Problem]:
    for row, parent in with_parents(subject, table, key):
        if parent is None:
            values = tuple(row.get(column) for column in key.fields)
            said = f"{_written(values)} 不在表 {key.table} 中：请先补上那一行或改正编号"
            yield problem("keys", table, row, ",".join(key.fields), said)


def _values(row: Row, columns: tuple[str, ...]) -> tuple[Any, ...] | None:
    """The values of a key; none where one is empty, as in SQL."""
    values = tuple(row.get(column) for column in columns)
    return None if any(value in (None, "") for value in values) else values


def _written(values: tuple[Any, ...]) -> str:
    return "、".join(str(value) for value in values)
