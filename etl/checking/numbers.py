"""Numbers that make sense together: ranges in order, a value or a range, years of this world."""

from __future__ import annotations

from collections.abc import Iterator

from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import Table
from etl.tables import Row

FIRST_YEAR, LAST_YEAR = 1949, 2100


def find(subject: Subject) -> Iterator[Problem]:
    """Numbers that contradict each other or can't be."""
    yield from _ordered(subject, "value_min", "value_max", strictly=False)
    yield from _ordered(subject, "start", "end", strictly=True)
    for table, row in subject.each("value", "value_min", "value_max"):
        yield from _one_value(table, row)
    yield from _years(subject)


def _ordered(subject: Subject, low: str, high: str, *, strictly: bool) -> Iterator[Problem]:
    for table, row in subject.each(low, high):
        first, last = row.get(low), row.get(high)
        if first is None or last is None:
            continue
        if first > last or (strictly and first == last):
            yield problem("numbers", table, row, low, f"{low} 是 {first}，应小于 {high} 的 {last}：请对调或改正")


def _one_value(table: Table, row: Row) -> Iterator[Problem]:
    value = row.get("value") is not None
    ends = [row.get(c) is not None for c in ("value_min", "value_max")]
    if value and any(ends):
        yield problem("numbers", table, row, "value", "既有数值又有区间：请只留一种")
    if not value and not all(ends):
        yield problem("numbers", table, row, "value", "没有数值，区间也不全：请补上数值，或补全下限和上限")
    if "range" in (row.get("comparator"), row.get("bound")) and value:
        yield problem("numbers", table, row, "value", "比较方式是区间却写了单个数值：请改用下限和上限")


def _years(subject: Subject) -> Iterator[Problem]:
    for table in subject.collection.tables:
        columns = [f.name for f in table.fields if f.type == "year"]
        for row in subject.rows.get(table.name, ()) if columns else ():
            for column in columns:
                year = row.get(column)
                if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
                    said = f"年份 {year} 不在 {FIRST_YEAR} 至 {LAST_YEAR} 之间：请核对原文"
                    yield problem("numbers", table, row, column, said)
