"""The schema: Frictionless, unmodified, over the written package; and that the rows have the declared types."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from etl.cells import expected
from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import Field, Table
from etl.tables import sort_rows

_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "year": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
PIECE = 5_000
_KEYS = ("primaryKey", "uniqueKeys", "foreignKeys")
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
    if any(len(rows) > PIECE for rows in subject.rows.values()):
        yield from _in_pieces(subject)
    else:
        yield from _as_a_package(subject)


def _as_a_package(subject: Subject) -> Iterator[Problem]:
    # Imported where it is used: it takes a third of a second, which commands that check nothing need not pay.
    from frictionless import FrictionlessException, Package

    try:
        report = Package(str(subject.folder / "datapackage.json")).validate()
    except FrictionlessException as error:
        yield Problem("", "", "", f"datapackage.json 读不了（{error}）：请改正 datapackage.yaml", "schema")
        return
    yield from (Problem("", "", "", f"datapackage.json 有误（{e.note}）：请改正", "schema") for e in report.errors)
    for task in report.tasks:
        yield from _told(subject, subject.collection.table(task.name), [error.to_dict() for error in task.errors])


def _in_pieces(subject: Subject) -> Iterator[Problem]:
    """Table by table, some thousand rows at a time; keys, which Frictionless holds in memory, are left to `keys`."""
    from frictionless import Package

    descriptor = json.loads((subject.folder / "datapackage.json").read_bytes())
    declared = {**descriptor, "resources": [_without_keys(resource) for resource in descriptor["resources"]]}
    for resource in declared["resources"]:
        table = subject.collection.table(resource["name"])
        for first, cells in _pieces(subject.folder / resource["path"]):
            piece = {"name": resource["name"], "schema": resource["schema"], "data": cells}
            report = Package.from_descriptor({"name": declared["name"], "resources": [piece]}).validate()
            errors = [error.to_dict() for task in report.tasks for error in task.errors]
            said = f"表 {table.name} 的声明有误（{{}}）：请改正 datapackage.yaml"
            yield from (Problem(table.name, "", "", said.format(e.note), "schema") for e in report.errors)
            yield from _told(subject, table, [{**e, "rowNumber": e.get("rowNumber", 0) + first} for e in errors])


def _without_keys(resource: dict[str, Any]) -> dict[str, Any]:
    schema = {name: said for name, said in resource["schema"].items() if name not in _KEYS}
    return {**resource, "schema": schema}


def _pieces(path: Path) -> Iterator[tuple[int, list[list[str]]]]:
    """How many rows went before, and the next ones as they are written, with their header."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header, first = next(rows), 0
        while piece := list(islice(rows, PIECE)):
            yield first, [header, *piece]
            first += len(piece)


def _mistyped(subject: Subject) -> Iterator[Problem]:
    for table in subject.collection.tables:
        for row in subject.rows.get(table.name, ()):
            for field in table.fields:
                if not _fits(field, row.get(field.name)):
                    said = f"“{row.get(field.name)}”的类型不对：应为{expected(field.type)}"
                    yield problem("schema", table, row, field.name, said)


def _fits(field: Field, value: Any) -> bool:
    kinds = _TYPES.get(field.type, (str,))
    return value is None or (isinstance(value, kinds) and isinstance(value, bool) == (kinds == (bool,)))


def _told(subject: Subject, table: Table, errors: list[dict[str, Any]]) -> Iterator[Problem]:
    """Errors of Frictionless in the words of the table, each with the id of its row."""
    # Row 1 is the header.
    places = {error.get("rowNumber", 0) - 2 for error in errors}
    in_order = enumerate(sort_rows(table, subject.rows.get(table.name, ())) if errors else ())
    ids = {place: str(row.get(table.key)) for place, row in in_order if place in places}
    for error in errors:
        column = error.get("fieldName") or ",".join(error.get("fieldNames", ()))
        row = ids.get(error.get("rowNumber", 0) - 2, "")
        yield Problem(table.name, row, column, _sentence(table, error), "schema")


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
