"""What the home page shows."""

from __future__ import annotations

from typing import Any

from portal.published import Published, PublishedCollection, Row
from portal.published.news import Entry, of_collection
from portal.published.sections import everywhere, notices
from portal.sections.notices.service import newest
from portal.sections.targets import service as tracker

TARGETS, NOTICES = 10, 5


def front(published: Published) -> dict[str, Any]:
    """The tracker's counts, the newest plan's targets, the newest notices, the last releases and their changes."""
    year = tracker.latest_plan(published)
    found = newest(published)
    tracked = tracker.targets(published, year=year, limit=200) if year else []
    return {
        "counts": tracker.counts(published),
        "year": year,
        "targets": [t for t in tracked if t["notice_id"]][:TARGETS],
        "notices": found[:NOTICES],
        "releases": releases(published),
        "changes": changes(published),
        "notice_count": len(found),
    }


def releases(published: Published) -> dict[str, Row]:
    """The newest recorded version of each collection of notices, by its name."""
    return {r["collection"]: r for r in everywhere(published, notices.last_release)}


def changes(published: Published) -> list[tuple[PublishedCollection, Entry]]:
    """The last release of each collection that has any, with what it changed; the newest first."""
    known = [(c, published.versions.known(c)) for c in published.collections()]
    last = [(c, of_collection(c, versions[-1:])[0]) for c, versions in known if versions]
    return sorted(last, key=lambda pair: pair[1].day, reverse=True)
