"""Cited documents by level."""

from __future__ import annotations

from portal.published import Published, Row
from portal.published.sections import bodies, everywhere

LEVELS = ("国家", "省", "市", "县", "其他")


def by_level(published: Published) -> dict[str, list[Row]]:
    """Cited documents under each level that has any."""
    rows = everywhere(published, bodies.documents)
    found = {level: [r for r in rows if r["level"] == level] for level in LEVELS}
    return {level: some for level, some in found.items() if some}
