"""Search results grouped by table, or one table's results by page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.published import Hit, Published, PublishedCollection, Row, with_indicator
from portal.published.naming import QUANTITIES
from portal.published.sections import everywhere, tracker

FIRST, PER_PAGE, HINTS = 5, 20, 3
ORDER = ("notice", "target", "indicator", "task", "reported", "document", "organisation", "passage", "source")
"""The tables that people look for first; others follow."""


_ADDRESS_LIKE = re.compile(r"[0-9]{6,}|\.[a-z]", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Hits in a table of a collection with the rows found, and how many there are in all."""

    collection: str
    table: str
    total: int
    hits: tuple[tuple[Hit, Row], ...]


def grouped(published: Published, query: str) -> list[Group]:
    """The first hits of each table."""
    counts = published.search(query, limit=1).counts
    ordered = sorted(counts, key=lambda c: (_place(c[1]), c[0]))
    return [_group(published, query, c, t, FIRST, 0) for c, t in ordered]


def paged(published: Published, query: str, collection: str, table: str, number: int) -> list[Group]:
    """One page of one table's hits."""
    group = _group(published, query, collection, table, PER_PAGE, (number - 1) * PER_PAGE)
    return [group] if group.total else []


def hints(published: Published) -> list[str]:
    """Words that find something: the names of the indicators with the most numbers."""
    rows = everywhere(published, tracker.indicators)
    counted = sorted(rows, key=lambda r: (-(r["targets"] + r["reported"]), len(r["name"]), r["name"]))
    return [r["name"] for r in counted[:HINTS]]


def repeatable(query: str) -> bool:
    """Whether a page may show a query that found nothing.

    Search pages are a known way to make a site display gambling domains under its own name: what looks like an
    address or a long number is not repeated unless it stands in the data.

    >>> repeatable("研发 2017"), repeatable("bet365.com"), repeatable("12345678"), repeatable("R&D")
    (True, False, False, True)
    """
    return not _ADDRESS_LIKE.search(query)


def _group(published: Published, query: str, collection: str, table: str, limit: int, offset: int) -> Group:
    found = published.search(query, limit=limit, offset=offset, collection=collection, table=table)
    served = published.collection(collection)
    rows = [_row(served, table, h.id) if served else {} for h in found.hits]
    return Group(collection, table, found.total, tuple(zip(found.hits, rows, strict=True)))


def _row(served: PublishedCollection, table: str, key: str) -> Row:
    row = served.row(table, key) or {}
    return with_indicator(served, row) if row and table in QUANTITIES else row


def _place(table: str) -> int:
    return ORDER.index(table) if table in ORDER else len(ORDER)
