"""What the home page shows."""

from __future__ import annotations

from typing import Any

from portal.published import Published, Row
from portal.published.sections import everywhere, notices
from portal.sections.notices.service import newest
from portal.sections.targets import service as tracker

TARGETS, NOTICES = 10, 5


def front(published: Published) -> dict[str, Any]:
    """The tracker's counts, the newest plan's targets, the newest notices and the last releases."""
    year = tracker.latest_plan(published)
    found = newest(published)
    tracked = tracker.targets(published, year=year, limit=200) if year else []
    return {
        "counts": tracker.counts(published),
        "year": year,
        "targets": [t for t in tracked if t["notice_id"]][:TARGETS],
        "notices": found[:NOTICES],
        "releases": releases(published),
        "notice_count": len(found),
    }


def releases(published: Published) -> dict[str, Row]:
    """The newest recorded version of each collection of notices, by its name."""
    return {r["collection"]: r for r in everywhere(published, notices.last_release)}
