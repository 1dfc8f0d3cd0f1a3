"""The catalogue: collections with the sizes of their tables, and one table with a preview and its dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from etl.declaration import Field, Table
from portal.published import Published, PublishedCollection, Row, url
from portal.published.datastore import find
from portal.published.quality import quality
from portal.storage.paging import last_page

PREVIEW = 20


def collections(published: Published) -> list[dict[str, Any]]:
    """Each collection with the number of rows in all its tables."""
    return [{"served": c, "rows": sum(row_counts(c).values())} for c in published.collections()]


def row_counts(served: PublishedCollection) -> dict[str, int]:
    """The number of rows of each table."""
    return {t.name: served.count(t.name) for t in served.collection.tables}


@dataclass(frozen=True)
class Preview:
    """What of a table is to be shown: words to find, a column to sort by, which page."""

    words: str = ""
    sort: str = ""
    descending: bool = False
    page: int = 1


def table(served: PublishedCollection, declared: Table, wanted: Preview) -> dict[str, Any]:
    """A page of a table's rows, each with the path of its page, and what foreign keys in them name."""
    order = [(wanted.sort, wanted.descending)] if wanted.sort in declared.columns else []
    offset = (wanted.page - 1) * PREVIEW
    rows, matching = find(
        served, declared.name, filters={}, words=wanted.words, order=order, limit=PREVIEW, offset=offset
    )
    return {
        "table": declared,
        "wanted": wanted,
        "shown": _shown(declared, rows or served.rows(declared.name, limit=PREVIEW)),
        "total": served.count(declared.name),
        "matching": matching,
        "last": last_page(matching, PREVIEW),
        "rows": [(row, url(declared, row)) for row in rows],
        "links": served.labels(declared.name, rows),
        "quality": quality(served, declared),
    }


def _shown(declared: Table, rows: list[Row]) -> list[Field]:
    """The columns that have anything to show, the key and the label first."""
    first = (declared.key, declared.label)
    filled = [f for f in declared.fields if any(r[f.name] is not None for r in rows)]
    return sorted(filled, key=lambda f: first.index(f.name) if f.name in first else len(first))
