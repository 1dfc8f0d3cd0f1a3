"""Keys: primary and unique ones name one row each, foreign ones name a row that is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import ForeignKey, Table
from etl.tables import Row


def find(subject: Subject) -> Iterator[Problem]:
    """Keys that repeat, are empty, or lead nowhere."""
    for table in subject.collection.tables:
        rows = subject.rows.get(table.name, [])
        yield from _empty(table, rows)
        for columns in (table.primary_key, *table.unique_keys):
            yield from _repeated(table, rows, columns)
        for key in table.foreign_keys:
            yield from _dangling(subject, table, rows, key)


def _empty(table: Table, rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        for column in table.primary_key:
            if row.get(column) in (None, ""):
                yield problem("keys", table, row, column, "主键留空：请补上编号")


def _repeated(table: Table, rows: list[Row], columns: tuple[str, ...]) -> Iterator[Problem]:
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        values = _values(row, columns)
        if values is None:
            continue
        if values in first:
            said = f"{_written(values)} 与行 {first[values].get(table.key)} 重复：请合并两行或改正其一"
            yield problem("keys", table, row, ",".join(columns), said)
        first.setdefault(values, row)


def _dangling(subject: Subject, table: Table, rows: list[Row], key: ForeignKey) -> Iterator[Problem]:
    there = {_values(row, key.references) for row in subject.rows.get(key.table, ())}
    for row in rows:
        values = _values(row, key.fields)
        if values is not None and values not in there:
            said = f"{_written(values)} 不在表 {key.table} 中：请先补上那一行或改正编号"
            yield problem("keys", table, row, ",".join(key.fields), said)


def _values(row: Row, columns: tuple[str, ...]) -> tuple[Any, ...] | None:
    """The values of a key; none where one is empty, as in SQL."""
    values = tuple(row.get(column) for column in columns)
    return None if any(value in (None, "") for value in values) else values


def _written(values: tuple[Any, ...]) -> str:
    return "、".join(str(value) for value in values)
