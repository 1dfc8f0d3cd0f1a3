"""Every collection as it is served now: a new build is seen at the next request, without a restart."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from etl.declaration import Collection, DeclarationError, Table, from_descriptor
from etl.releasing.current import POINTER, Build, current
from portal.published.collection import PublishedCollection
from portal.published.connections import Connections
from portal.published.rows import Row
from portal.published.search import Found, search
from portal.published.versions import Versions

Stamp = tuple[int, int, int]
"""When, as which file and how long the pointer was written; zeros where there is none."""


@dataclass(frozen=True)
class Located:
    """A row, and the table and collection that it stands in."""

    published: PublishedCollection
    table: Table
    row: Row


class Published:
    """The current build of each collection under a folder of releases; `versions` are the past ones."""

    def __init__(self, releases: Path) -> None:
        self.releases, self.versions = releases, Versions(releases)
        self._connections = Connections()
        self._seen: dict[str, tuple[Stamp, PublishedCollection | None]] = {}

    def collections(self) -> tuple[PublishedCollection, ...]:
        """The collections by name; a build that can't be read leaves the one before it in place."""
        served = (self._served(name) for name in sorted(_names(self.releases)))
        return tuple(s for s in served if s is not None)

    def collection(self, name: str) -> PublishedCollection | None:
        """The collection of that name, if it is served."""
        return next((c for c in self.collections() if c.name == name), None)

    def find(self, address: str, key: str) -> Located | None:
        """The row whose page is `/<address>/<key>`; ids are unique across collections."""
        for published in self.collections():
            table = published.collection.at(address)
            row = published.row(table.name, key) if table else None
            if table is not None and row is not None:
                return Located(published, table, row)
        return None

    def addresses(self) -> frozenset[str]:
        """The first parts of the paths under which rows have pages."""
        return frozenset().union(*(c.addresses for c in self.collections()))

    def search(
        self, query: str, limit: int = 20, offset: int = 0, collection: str | None = None, table: str | None = None
    ) -> Found:
        """The rows that hold every word of the query, over all collections or one, all tables or one."""
        wanted = [c for c in self.collections() if collection in (None, c.name)]
        return search(wanted, query, limit=limit, offset=offset, table=table)

    def _served(self, name: str) -> PublishedCollection | None:
        stamp = _stamp(f"{self.releases}/{name}/{POINTER}")
        seen = self._seen.get(name)
        if seen is None or stamp != seen[0]:
            opened = self._open(name)
            seen = self._seen[name] = (stamp, opened or (seen[1] if seen else None))
        return seen[1]

    def _open(self, name: str) -> PublishedCollection | None:
        try:
            build = current(self.releases, name)
            return None if build is None else PublishedCollection(_declared(build), build, self._connections)
        except (OSError, ValueError, KeyError, DeclarationError):
            return None


def _declared(build: Build) -> Collection:
    return from_descriptor(json.loads(build.descriptor.read_text("utf-8")))


def _names(releases: Path) -> list[str]:
    """Names of collections: what is being built or thrown away begins with a dot."""
    try:
        return [name for name in os.listdir(releases) if not name.startswith(".")]  # noqa: PTH208 - asked at each request
    except OSError:
        return []


def _stamp(pointer: str) -> Stamp:
    try:
        stat = os.stat(pointer)  # noqa: PTH116 - asked at each request
    except OSError:
        return 0, 0, 0
    return stat.st_mtime_ns, stat.st_ino, stat.st_size
