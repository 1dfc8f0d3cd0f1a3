"""The schema: Frictionless, unmodified, over the written package; and that rows in memory have the declared types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from etl.cells import expected
from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import Field, Table
from etl.tables import Row, sort_rows

_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "year": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
_CONSTRAINTS = {
    "required": "不能留空：请补上",
    "enum": "“{cell}”不在允许的值之内：应为 {limit} 之一",
    "pattern": "“{cell}”不合规定的写法 {limit}：请改正",
    "minimum": "{cell} 小于允许的最小值 {limit}：请核对",
    "maximum": "{cell} 大于允许的最大值 {limit}：请核对",
    "minLength": "“{cell}”短于 {limit} 个字符：请核对",
    "maxLength": "“{cell}”长于 {limit} 个字符：请核对",
    "unique": "“{cell}”重复：这一列的值各不相同",
}


def find(subject: Subject) -> Iterator[Problem]:
    """What does not fit the Table Schemas."""
    yield from _mistyped(subject)
    # Imported where it is used: it takes a third of a second, which commands that check nothing need not pay.
    from frictionless import FrictionlessException, Package

    try:
        report = Package(str(subject.folder / "datapackage.json")).validate()
    except FrictionlessException as error:
        yield Problem("", "", "", f"datapackage.json 读不了（{error}）：请改正 datapackage.yaml", "schema")
        return
    yield from (Problem("", "", "", f"datapackage.json 有误（{e.note}）：请改正", "schema") for e in report.errors)
    for task in report.tasks:
        table = subject.collection.table(task.name)
        rows = sort_rows(table, subject.rows.get(table.name, ()))
        yield from (_told(table, rows, error.to_dict()) for error in task.errors)


def _mistyped(subject: Subject) -> Iterator[Problem]:
    for table in subject.collection.tables:
        for field in table.fields:
            for row in subject.rows.get(table.name, ()):
                value = row.get(field.name)
                if not _fits(field, value):
                    said = f"“{value}”的类型不对：应为{expected(field.type)}"
                    yield problem("schema", table, row, field.name, said)


def _fits(field: Field, value: Any) -> bool:
    kinds = _TYPES.get(field.type, (str,))
    return value is None or (isinstance(value, kinds) and isinstance(value, bool) == (kinds == (bool,)))


def _told(table: Table, rows: list[Row], error: dict[str, Any]) -> Problem:
    """An error of Frictionless in the words of the table."""
    column = error.get("fieldName") or ",".join(error.get("fieldNames", ()))
    # Row 1 is the header.
    place = error.get("rowNumber", 0) - 2
    row = str(rows[place].get(table.key)) if 0 <= place < len(rows) else ""
    return Problem(table.name, row, column, _sentence(table, error), "schema")


def _sentence(table: Table, error: dict[str, Any]) -> str:
    if error["type"] == "constraint-error":
        return _broken_constraint(table, error)
    if error["type"] == "type-error":
        return f"“{error['cell']}”应为{expected(table.field(error['fieldName']).type)}：请改正"
    if error["type"] == "primary-key":
        return "主键重复或留空：每一行要有自己的编号"
    if error["type"] == "foreign-key":
        return f"{'、'.join(error['fieldCells'])} 不在表 {error['referenceName'] or table.name} 中：请先补上那一行"
    return f"不合表的声明（{error['type']}：{error['note']}）：请改正"


def _broken_constraint(table: Table, error: dict[str, Any]) -> str:
    named = re.match(r'constraint "(\w+)"', error["note"])
    name = named[1] if named else ""
    limit = table.field(error["fieldName"]).constraints.get(name)
    listed = "、".join(str(v) for v in limit) if isinstance(limit, list) else limit
    template = _CONSTRAINTS.get(name, "“{cell}”不合约束 {limit}：请改正")
    return template.format(cell=error["cell"], limit=listed)
