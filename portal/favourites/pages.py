"""Pages that can be kept at hand: of rows, notices, tables and collections, by their paths."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.declaration import Table
from portal.published import Located, Published, PublishedCollection, label, quantity_name, with_indicator
from portal.published.as_of import home, missing
from portal.published.history import life
from portal.published.naming import QUANTITIES
from portal.storage.usage import LONGEST_PATH

_ROW = re.compile(r"/(?P<address>[^/@?#]+)/(?P<key>[^/@?#]+)")
_DATASET = re.compile(r"/catalogue/(?P<collection>[^/?#]+)/(?P<table>[^/?#]*)")


@dataclass(frozen=True)
class Page:
    """What a page is called in the data, the table of a row, and the version current now; empty for drafts."""

    path: str
    title: str
    table: Table | None
    version: str


def page_at(published: Published, path: str) -> Page | None:
    """What stands at a path now; None where nothing does that can be kept."""
    if len(path) > LONGEST_PATH:
        return None
    if match := _DATASET.fullmatch(path):
        return _dataset(published.collection(match["collection"]), match["table"], path)
    match = _ROW.fullmatch(path)
    found = published.find(match["address"], match["key"]) if match else None
    return _row(found, path) if found else None


def changes_since(published: Published, path: str, version: str) -> int | None:
    """How often a row changed since a version; None where that is no row or not known."""
    match = _ROW.fullmatch(path)
    served = home(published, match["key"]) if match and version else None
    table = served.collection.at(match["address"]) if served and match else None
    if served is None or table is None or match is None:
        return None
    return len(life(served, published.versions.known(served), table.name, match["key"]).since(version))


def is_withdrawn(published: Published, path: str) -> bool:
    """Whether a path was that of a row that is no more."""
    match = _ROW.fullmatch(path)
    return match is not None and missing(published, match["address"], match["key"]).kind == "gone"


def _row(found: Located, path: str) -> Page:
    named = with_indicator(found.published, found.row) if found.table.name in QUANTITIES else found.row
    title = quantity_name(named) if found.table.name in QUANTITIES else label(found.table, found.row)
    return Page(path, title, found.table, _version(found.published))


def _dataset(served: PublishedCollection | None, name: str, path: str) -> Page | None:
    table: Table | None = served.collection.by_name.get(name) if served and name else None
    if served is None or (name and table is None):
        return None
    collection = served.collection
    title = f"{collection.title}：{table.title}" if table else collection.title
    return Page(path, title, None, _version(served))


def _version(served: PublishedCollection) -> str:
    return "" if served.build.is_draft else served.build.version
