"""What a thread is about: a row, a notice, a table or a collection, given by the path of its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from portal.forum.cards import Card, card
from portal.forum.forum import Forum
from portal.forum.links import Named
from portal.published.as_of import home

_CATALOGUE = re.compile(r"(?:/en)?/catalogue/(?P<collection>[\w-]+)(?:/(?P<table>[\w-]*))?", re.ASCII)
LONGEST = 250


@dataclass(frozen=True)
class Subject:
    """Its path, what it is called, and the version that is current; `card` of a row, `titled` of a dataset."""

    path: str
    version: str = ""
    card: Card | None = None
    titled: Any = None


def subject(forum: Forum, path: str, version: str = "") -> Subject | None:
    """What stands at a path, at a version or now; None where there is nothing that can be discussed."""
    path = path.strip()[:LONGEST].partition("#")[0].partition("?")[0].removeprefix(forum.site.address)
    match = _CATALOGUE.fullmatch(path)
    if match:
        return _dataset(forum, match["collection"], match["table"] or "")
    named = forum.links.named(path)
    return _row(forum, named, version) if named else None


def _row(forum: Forum, named: Named, version: str) -> Subject | None:
    pinned = {named.path: version} if version else {}
    shown = card(forum.published, Named(named.address, named.key), pinned)
    served = home(forum.published, named.key)
    if shown is None or served is None:
        return None
    return Subject(named.path, version or ("" if served.build.is_draft else served.build.version), shown)


def _dataset(forum: Forum, collection: str, table: str) -> Subject | None:
    served = forum.published.collection(collection)
    declared = served.collection.by_name.get(table) if served and table else None
    if served is None or (table and declared is None):
        return None
    version = "" if served.build.is_draft else served.build.version
    return Subject(f"/catalogue/{collection}/{table}", version, titled=declared or served.collection)
