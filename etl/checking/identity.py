"""Ids: short, ASCII, with the collection's prefix, used once in all tables, and fit to stand in an address."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import RESERVED_SLUGS, Table
from etl.tables import LEDGER, Row, rows_by

ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def find(subject: Subject) -> Iterator[Problem]:
    """Ids that break the rules of the collection."""
    named = [t for t in subject.collection.tables if t.key.endswith("_id") and t.name not in LEDGER]
    for table in named:
        for row in subject.rows.get(table.name, ()):
            yield from _misnamed(subject.collection.id_prefix, table, row)
    # Text by code point, as the tables themselves are in order.
    in_order = heapq.merge(*(_ids(subject, table, place) for place, table in enumerate(named)))
    for _, used in groupby(in_order, key=itemgetter(0)):
        (identifier, first), *others = dict.fromkeys(used)
        for _, place in others:
            said = f"编号已用于表 {named[first].name}：请另取编号"
            yield problem("identity", named[place], {named[place].key: identifier}, named[place].key, said)


def _ids(subject: Subject, table: Table, place: int) -> Iterator[tuple[str, int]]:
    for row in rows_by((table.key,), subject.rows.get(table.name, ()), (table.key,)):
        yield str(row.get(table.key)), place


def _misnamed(prefix: str, table: Table, row: Row) -> Iterator[Problem]:
    identifier = str(row.get(table.key))
    if not ID.fullmatch(identifier):
        said = "编号只可用小写英文字母和数字，以点或连字符相连：请改正"
        yield problem("identity", table, row, table.key, said)
    elif not identifier.startswith(f"{prefix}-"):
        yield problem("identity", table, row, table.key, f"编号应以 {prefix}- 起头：请改正")
    elif identifier.rsplit(".", 1)[-1] in RESERVED_SLUGS:
        yield problem("identity", table, row, table.key, "编号的末段与网址的后缀相同：请另取短名")
