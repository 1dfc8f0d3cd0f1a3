"""Cited documents by level."""

from __future__ import annotations

from portal.published import Published, Row
from portal.published.sections import bodies, everywhere

LEVELS = ("国家", "省", "市", "县", "其他")


def by_level(published: Published) -> dict[str, list[Row]]:
    """Cited documents under each level that has any, without those that are notices here."""
    rows = [r for r in everywhere(published, bodies.documents) if not r["notice_id"]]
    found = {level: [r for r in rows if r["level"] == level] for level in LEVELS}
    return {level: some for level, some in found.items() if some}


def own(published: Published) -> list[Row]:
    """Cited documents that are here themselves: each is a notice, or what a notice issues."""
    return [r for r in everywhere(published, bodies.documents) if r["notice_id"]]
