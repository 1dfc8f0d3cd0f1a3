"""The SQL that the portal's pages need, by what the pages are about; all values are bound."""

from __future__ import annotations

from collections.abc import Callable

from portal.published.collection import PublishedCollection
from portal.published.published import Published
from portal.published.rows import Row

SPINE = frozenset(
    {
        "source",
        "notice",
        "passage",
        "chapter",
        "task",
        "progress",
        "target",
        "reported",
        "lookup",
        "indicator",
        "region",
    }
    | {"document", "citation", "organisation", "mention", "repair", "quarantine", "release", "change"}
)
"""The tables of a collection of notices; the sections speak of collections that have them all."""


def of_notices(published: Published) -> list[PublishedCollection]:
    """The collections that hold notices."""
    return [c for c in published.collections() if c.collection.by_name.keys() >= SPINE]


def everywhere(published: Published, ask: Callable[[PublishedCollection], list[Row]]) -> list[Row]:
    """The rows that a question finds in every collection of notices, each with the name of its `collection`."""
    return [{**row, "collection": served.name} for served in of_notices(published) for row in ask(served)]
