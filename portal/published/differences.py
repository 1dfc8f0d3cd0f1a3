"""What differs between two releases, row by row and cell by cell, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from etl.declaration import Table
from etl.releasing.declared import TABLE as DECLARATION
from etl.releasing.declared import declaration_changes, declared
from etl.releasing.difference import Change, difference
from etl.tables import LEDGER
from portal.published import sql
from portal.published.as_of import Absent
from portal.published.collection import PublishedCollection
from portal.published.history import Event, events
from portal.published.published import Published
from portal.published.rows import Row, label, typed
from portal.published.versions import Known

AT_ONCE = 400


@dataclass(frozen=True)
class Shift:
    """A change between two releases; `why` are the steps that led there, `label` names the row."""

    change: Change
    label: str
    why: tuple[Event, ...]

    @property
    def kind(self) -> str:
        """`changed`, `came`, `went`, or `declared` for a change of the structure."""
        if self.change.table == DECLARATION:
            return "declared"
        return "changed" if self.change.column else "came" if self.change.came else "went"

    @property
    def reasons(self) -> str:
        """Why, each reason once."""
        return "；".join(dict.fromkeys(e.reason for e in self.why if e.reason))

    @property
    def corrections(self) -> str:
        """The corrections behind it."""
        return "、".join(dict.fromkeys(e.correction for e in self.why if e.correction))

    @property
    def versions(self) -> str:
        """The versions in which it came about."""
        return "、".join(dict.fromkeys(e.version for e in self.why))


def compare(published: Published, served: PublishedCollection, first: str, second: str) -> tuple[Shift, ...] | Absent:
    """The changes from one release to a later one; what is missing where one of them can't be read."""
    known = published.versions.known(served)
    numbers = [k.version for k in known]
    opened = []
    for version in (first, second):
        found = published.versions.at(served.name, version)
        if found is None:
            return Absent("elsewhere" if version in numbers else "version", served.name, version, known)
        opened.append(found)
    at, to = numbers.index(first), numbers.index(second)
    if at > to:
        return Absent("reversed", served.name, second, known)
    return between(opened[0], opened[1], known[at + 1 : to + 1])


def between(old: PublishedCollection, new: PublishedCollection, known: tuple[Known, ...]) -> tuple[Shift, ...]:
    """Every change that leads from one release to a later one; `known` are the versions after the first, up to it."""
    steps = [e for k in known for e in events(new, {"version": k.version})]
    told = "change" in new.collection.by_name
    touched: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        touched[step.table].add(step.row)
    before, after = (_rows(c, touched if told else None) for c in (old, new))
    found = declaration_changes(declared(old.collection), declared(new.collection))
    found += difference(before, after, new.collection.tables, old.collection.tables)
    return tuple(_explained(found, steps, before, after, old, new))


def _explained(
    changes: Iterable[Change],
    steps: list[Event],
    before: dict[str, list[Row]],
    after: dict[str, list[Row]],
    old: PublishedCollection,
    new: PublishedCollection,
) -> Iterable[Shift]:
    by_row: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for step in steps:
        by_row[step.table, step.row].append(step)
    names = _labels(old, before) | _labels(new, after)
    for change in changes:
        why = [e for e in by_row[change.table, change.row] if e.column == change.column]
        yield Shift(change, names.get((change.table, change.row), change.row), tuple(why))


def _labels(served: PublishedCollection, rows: dict[str, list[Row]]) -> dict[tuple[str, str], str]:
    tables = served.collection.by_name
    return {(name, str(row[tables[name].key])): label(tables[name], row) for name in rows for row in rows[name]}


def _rows(served: PublishedCollection, touched: dict[str, set[str]] | None) -> dict[str, list[Row]]:
    """The rows that may differ; all of them where nothing is noted."""
    tables = [t for t in served.collection.tables if t.name not in LEDGER]
    if touched is None:
        return {t.name: served.rows(t.name) for t in tables}
    return {t.name: _of(served, t, sorted(touched.get(t.name, ()))) for t in tables}


def _of(served: PublishedCollection, table: Table, keys: list[str]) -> list[Row]:
    if len(table.primary_key) > 1:
        return served.rows(table.name) if keys else []
    found: list[Row] = []
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        condition = f" WHERE {sql.name(table.key)} IN ({', '.join('?' * len(some))})"
        rows: Any = served.select(sql.select(table) + condition, some)
        found += typed(table, rows)
    return found


def whole(text: str) -> Row:
    """The cells of a row that came or went."""
    found: Row = json.loads(text) if text else {}
    return found
