"""A row's past: the page that showed it, what changed since, its whole history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from etl.declaration import Collection, Table
from portal.published import Located, Published, PublishedCollection
from portal.published.as_of import home
from portal.published.history import Event, Life, life
from portal.published.sections import SPINE
from portal.published.versions import Known, withdrawal
from portal.sections.notices import service as notices
from portal.sections.rows import service as rows


@dataclass(frozen=True)
class Past:
    """What the banner of a past version says: which it is, what happened since, and what became of the row."""

    version: str
    released_on: str
    current: str
    table: Table
    changes: tuple[Event, ...]
    is_gone: bool
    path: str


def past(published: Published, found: Located, address: str) -> Past:
    """The banner of a row as of a version."""
    build, key = found.published.build, str(found.row[found.table.key])
    served = published.collection(build.collection) or found.published
    lived = life(served, published.versions.known(served), found.table.name, key)
    gone = withdrawal(served, address, key) is not None
    facts = (build.version, build.released_on or "", served.build.version, found.table)
    return Past(*facts, lived.since(build.version), gone, f"/{address}/{key}")


def template(published: Published, found: Located) -> tuple[str, dict[str, Any]]:
    """The page of a row as of a version: that of today where its tables have all that it shows, else its columns."""
    served = published.collection(found.published.name)
    if served is None or not _shows_all(found.published.collection, served.collection):
        return "rows/row.html", rows.plain_page(found)
    if found.table.name == "notice":
        return "notices/show.html", {"served_by": found.published, **notices.notice(found)}
    return rows.template(found), rows.page(found)


def whole_life(published: Published, address: str, key: str) -> tuple[PublishedCollection, Table, Life] | None:
    """The row of that address with its history, if it is or was there."""
    served = home(published, key)
    table = served.collection.at(address) if served else None
    if served is None or table is None:
        return None
    lived = life(served, published.versions.known(served), table.name, key)
    there = served.row(table.name, key) is not None
    return (served, table, lived) if there or lived.events else None


def name_of(published: Published, served: PublishedCollection, table: Table, lived: Life) -> str:
    """What the row is called, now or when it was last there."""
    row = served.row(table.name, lived.key)
    last: Known | None = next((k for k in reversed(lived.having) if k.release), None)
    if row is None and last is not None:
        opened = published.versions.at(served.name, last.version)
        row = opened.row(table.name, lived.key) if opened and table.name in opened.collection.by_name else None
    return str((row or {}).get(table.label) or lived.key)


def _shows_all(old: Collection, new: Collection) -> bool:
    """Whether the tables that pages are made of had every column then that they have now."""
    had = {name: set(table.columns) for name, table in old.by_name.items()}
    return all(set(new.table(n).columns) <= had.get(n, set()) for n in SPINE if n in new.by_name)
