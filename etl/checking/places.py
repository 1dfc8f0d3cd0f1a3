"""Places: a row that names its task, chapter or passage stands in the same notice and begins inside it."""

from __future__ import annotations

from collections.abc import Iterator

from etl.checking.joining import with_parents
from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import ForeignKey, Table


def find(subject: Subject) -> Iterator[Problem]:
    """Rows that stand outside of what they say that they stand in."""
    for table in subject.collection.tables:
        for key in table.foreign_keys:
            parent = subject.collection.table(key.table)
            if parent != table and _is_placed(table) and _is_placed(parent):
                yield from _outside(subject, table, key)


def _outside(subject: Subject, table: Table, key: ForeignKey) -> Iterator[Problem]:
    for row, parent in with_parents(subject, table, key, ("notice_id", "start", "end")):
        if parent is None or row.get("start") is None:
            continue
        if row.get("notice_id") != parent["notice_id"]:
            said = f"所指的{_named(subject, key)}在另一份公文 {parent['notice_id']} 中：请改正编号"
            yield problem("places", table, row, ",".join(key.fields), said)
        elif not parent["start"] <= row["start"] < parent["end"]:
            place = f"{parent['start']}–{parent['end']}"
            said = f"起于 {row['start']}，不在所指的{_named(subject, key)}（{place}）之内：请改正编号或重新读取"
            yield problem("places", table, row, ",".join(key.fields), said)


def _is_placed(table: Table) -> bool:
    return {"notice_id", "start", "end"}.issubset(table.columns)


def _named(subject: Subject, key: ForeignKey) -> str:
    return subject.collection.table(key.table).title
