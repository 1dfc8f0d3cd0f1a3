"""Past releases as they are asked for: opened on demand, verified, only a few at a time."""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from etl.declaration import DeclarationError, from_descriptor
from etl.releasing.reading import Release, Withdrawal, releases, withdrawn
from portal.published.collection import PublishedCollection
from portal.published.connections import Connections

MOST_OPEN = 4


@dataclass(frozen=True)
class Known:
    """A version on record: its number, day and summary, and its release where that stands on this machine."""

    version: str
    released_on: str
    summary: str
    release: Release | None


class Versions:
    """The releases under a folder; what is open is closed when the last who reads it lets go of it."""

    def __init__(self, root: Path) -> None:
        self._root, self._lock = root, Lock()
        self._listed: dict[str, tuple[int, tuple[Release, ...]]] = {}
        self._open: OrderedDict[tuple[Path, str], PublishedCollection] = OrderedDict()

    def of(self, collection: str) -> tuple[Release, ...]:
        """The releases of a collection that stand here, the oldest first."""
        stamp = _stamp(self._root / collection)
        seen = self._listed.get(collection)
        if seen is None or seen[0] != stamp:
            seen = self._listed[collection] = (stamp, releases(self._root, collection) if stamp else ())
        return seen[1]

    def release(self, collection: str, version: str) -> Release | None:
        """The release of that version, if it stands here and is as it was signed."""
        found = next((r for r in self.of(collection) if r.version == version), None)
        return found if found is not None and found.verified else None

    def at(self, collection: str, version: str) -> PublishedCollection | None:
        """The collection as it was released in that version."""
        found = self.release(collection, version)
        if found is None:
            return None
        key = (found.folder, found.content_hash)
        with self._lock:
            if key in self._open:
                self._open.move_to_end(key)
                return self._open[key]
        opened = _opened(found)
        with self._lock:
            if opened is not None:
                self._open[key] = opened
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return opened

    def known(self, served: PublishedCollection) -> tuple[Known, ...]:
        """Every version on record, the oldest first: those that the served one tells of, and those that stand here."""
        here = {r.version: r for r in self.of(served.name)}
        found = {v: Known(v, day, summary, here.get(v)) for v, day, summary in _recorded(served)}
        for version, one in here.items():
            found.setdefault(version, Known(version, one.date, "", one))
        return tuple(sorted(found.values(), key=lambda k: _numbers(k.version)))


def withdrawal(served: PublishedCollection, address: str, key: str) -> Withdrawal | None:
    """Why a row that had a page under that address is gone, if it was withdrawn."""
    found = withdrawn(served.build).get(key)
    table = served.collection.by_name.get(found.table) if found else None
    return found if table is not None and table.address == address else None


def _recorded(served: PublishedCollection) -> list[tuple[str, str, str]]:
    table = served.collection.by_name.get("release")
    if table is None or not {"version", "released_on", "summary_text"} <= set(table.columns):
        return []
    return [(r["version"], r["released_on"], r["summary_text"] or "") for r in served.rows("release")]


def _opened(found: Release) -> PublishedCollection | None:
    try:
        collection = from_descriptor(json.loads(found.build.descriptor.read_bytes()))
    except (OSError, ValueError, DeclarationError):
        return None
    return PublishedCollection(collection, found.build, Connections())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _stamp(home: Path) -> int:
    """When a folder was added or taken away; 0 where there is none."""
    try:
        return os.stat(home).st_mtime_ns  # noqa: PTH116 - asked at each request
    except OSError:
        return 0
