"""Closed lists: a cell holds one of the values that its field declares, as `constraints.enum` or as `categories`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import Field


def find(subject: Subject) -> Iterator[Problem]:
    """Cells with a value that is not of the list."""
    for table in subject.collection.tables:
        lists = {field.name: allowed for field in table.fields if (allowed := _allowed(field))}
        for row in subject.rows.get(table.name, ()) if lists else ():
            for column, allowed in lists.items():
                value = row.get(column)
                if value not in (None, "", *allowed):
                    listed = "、".join(str(a) for a in allowed)
                    yield problem("enums", table, row, column, f"“{value}”不在允许的值之内：请改为 {listed} 之一")


def _allowed(field: Field) -> list[Any]:
    categories = [c["value"] if isinstance(c, dict) else c for c in field.categories]
    return [*field.constraints.get("enum", ()), *categories]
