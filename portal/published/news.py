"""What is new: an entry a release, with what it changed in what one follows, old → new and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from etl.declaration import Table
from portal.published.collection import PublishedCollection
from portal.published.history import Event, events, events_about
from portal.published.rows import Row
from portal.published.versions import Known

MOST_LINES, LONGEST = 50, 120


@dataclass(frozen=True)
class Entry:
    """One release as those see it who follow something: `path` tells more; `more` lines were left out."""

    key: str
    title: str
    day: str
    path: str
    lines: tuple[str, ...]
    more: int = 0


def of_collection(served: PublishedCollection, known: Iterable[Known]) -> list[Entry]:
    """The releases of a collection, the newest first; of rows that only came, how many."""
    entries = []
    for one in reversed(list(known)):
        found = events(served, {"version": one.version})
        told = [e for e in found if e.kind != "came"]
        entries.append(
            _entry(served, one, told, f"{served.name}/{one.version}", f"/releases/{served.name}/{one.version}/")
        )
    return entries


def of_table(served: PublishedCollection, known: Iterable[Known], table: Table) -> list[Entry]:
    """The releases that changed a table."""
    found = events(served, {"table_name": table.name})
    return _by_version(
        served, known, found, f"{served.name}/{table.name}", f"/releases/{served.name}/{{}}/#{table.name}"
    )


def of_row(served: PublishedCollection, known: Iterable[Known], table: Table, key: str) -> list[Entry]:
    """The releases that changed a row or what belongs to it."""
    found = events_about(served, table.name, key)
    came = any(e.kind == "came" and e.row == key for e in found)
    return _by_version(served, known, found, key, f"/{table.address}/{key}/history", first=not came)


def _by_version(
    served: PublishedCollection, known: Iterable[Known], found: list[Event], key: str, path: str, *, first: bool = True
) -> list[Entry]:
    """The versions with changes; the first too where it was there already."""
    entries = []
    for number, one in enumerate(known):
        some = [e for e in found if e.version == one.version]
        if some or (first and not number):
            entries.append(_entry(served, one, some, f"{key}@{one.version}", path.format(one.version)))
    return entries[::-1]


def _entry(served: PublishedCollection, one: Known, found: list[Event], key: str, path: str) -> Entry:
    shown = found[:MOST_LINES]
    labels = _labels(served, shown)
    lines = tuple(_line(served.collection.by_name.get(e.table), e, labels) for e in shown)
    title = f"{served.collection.title} {one.version}" + (f"：{one.summary}" if one.summary else "")
    return Entry(key, title, one.released_on, path, lines, len(found) - len(shown))


def _line(table: Table | None, event: Event, labels: dict[tuple[str, str], str]) -> str:
    """A change in a line.

    >>> _line(None, Event("1.0.1", "target", "a", "value", "66.6", "66.5", "核对", "cor-1", ""), {})
    'target“a”的“value”：66.6 → 66.5（核对，更正 cor-1）'
    """
    title = table.title if table else event.table
    subject = f"{title}“{labels.get((event.table, event.row), event.row)}”"
    why = "，".join(filter(None, (event.reason, f"更正 {event.correction}" if event.correction else "")))
    reason = f"（{why}）" if why else ""
    if event.column:
        column = table.field(event.column).title if table and event.column in table.columns else event.column
        return f"{subject}的“{column}”：{_short(event.old)} → {_short(event.new)}{reason}"
    replaced = f"，由 {event.successor} 取代" if event.successor else ""
    return f"{'增加' if event.kind == 'came' else '撤回'}{subject}{replaced}{reason}"


def _labels(served: PublishedCollection, found: list[Event]) -> dict[tuple[str, str], str]:
    """What to call rows: as they are now, else as they were when they went."""
    named: dict[tuple[str, str], str] = {}
    for event in found:
        table = served.collection.by_name.get(event.table)
        if table is None or (event.table, event.row) in named:
            continue
        row: Row | None = json.loads(event.new or event.old) if not event.column else served.row(table.name, event.row)
        named[event.table, event.row] = _short(str((row or {}).get(table.label) or event.row))
    return named


def _short(text: str) -> str:
    one_line = " ".join(text.split()) or "（空）"
    return one_line if len(one_line) <= LONGEST else one_line[: LONGEST - 1] + "…"
