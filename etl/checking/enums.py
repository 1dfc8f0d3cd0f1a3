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
        for field in table.fields:
            allowed = _allowed(field)
            for row in subject.rows.get(table.name, ()):
                value = row.get(field.name)
                if allowed and value not in (None, "", *allowed):
                    listed = "、".join(str(a) for a in allowed)
                    yield problem("enums", table, row, field.name, f"“{value}”不在允许的值之内：请改为 {listed} 之一")


def _allowed(field: Field) -> list[Any]:
    categories = [c["value"] if isinstance(c, dict) else c for c in field.categories]
    return [*field.constraints.get("enum", ()), *categories]
