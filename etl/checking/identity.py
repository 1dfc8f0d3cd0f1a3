"""Ids: short, ASCII, with the collection's prefix, used once in all tables, and fit to stand in an address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import RESERVED_SLUGS, Table
from etl.tables import LEDGER, Row

ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def find(subject: Subject) -> Iterator[Problem]:
    """Ids that break the rules of the collection."""
    seen: dict[str, str] = {}
    for table in subject.collection.tables:
        if table.key.endswith("_id") and table.name not in LEDGER:
            for row in subject.rows.get(table.name, ()):
                yield from _misnamed(subject.collection.id_prefix, table, row)
                yield from _used_before(seen, table, row)


def _misnamed(prefix: str, table: Table, row: Row) -> Iterator[Problem]:
    identifier = str(row.get(table.key))
    if not ID.fullmatch(identifier):
        said = "编号只可用小写英文字母和数字，以点或连字符相连：请改正"
        yield problem("identity", table, row, table.key, said)
    elif not identifier.startswith(f"{prefix}-"):
        yield problem("identity", table, row, table.key, f"编号应以 {prefix}- 起头：请改正")
    elif identifier.rsplit(".", 1)[-1] in RESERVED_SLUGS:
        yield problem("identity", table, row, table.key, "编号的末段与网址的后缀相同：请另取短名")


def _used_before(seen: dict[str, str], table: Table, row: Row) -> Iterator[Problem]:
    identifier = str(row.get(table.key))
    if seen.setdefault(identifier, table.name) != table.name:
        yield problem("identity", table, row, table.key, f"编号已用于表 {seen[identifier]}：请另取编号")
