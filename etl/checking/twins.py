"""Values that people kept twice: the same number for the same thing from the same source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.tables import Row

_SAME = ("year", "region_code", "comparator", "value", "value_min", "value_max", "unit", "source_text")


def find(subject: Subject) -> Iterator[Problem]:
    """Rows with a source in words that say again what an earlier one says."""
    first: dict[tuple[Any, ...], Row] = {}
    for table, row in subject.each("source_text", "value"):
        if not row.get("source_text"):
            continue
        what = (table.name, row.get("indicator_id") or row.get("name"), *(row.get(column) for column in _SAME))
        if what in first:
            said = f"与行 {first[what].get(table.key)} 完全相同：请在 reported 中删去重复的一行"
            yield problem("twins", table, row, "source_text", said)
        first.setdefault(what, row)
