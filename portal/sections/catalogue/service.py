"""The catalogue: collections with the sizes of their tables, and one table with a preview and its dictionary."""

from __future__ import annotations

from typing import Any

from etl.declaration import Field, Table
from portal.published import Published, PublishedCollection, Row, url

PREVIEW = 20


def collections(published: Published) -> list[dict[str, Any]]:
    """Each collection with the number of rows in all its tables."""
    return [{"served": c, "rows": sum(row_counts(c).values())} for c in published.collections()]


def row_counts(served: PublishedCollection) -> dict[str, int]:
    """The number of rows of each table."""
    return {t.name: served.count(t.name) for t in served.collection.tables}


def table(served: PublishedCollection, declared: Table) -> dict[str, Any]:
    """A table's first rows, each with the path of its page, and what foreign keys in them name."""
    rows = served.rows(declared.name, limit=PREVIEW)
    return {
        "table": declared,
        "shown": _shown(declared, rows),
        "total": served.count(declared.name),
        "rows": [(row, url(declared, row)) for row in rows],
        "links": served.labels(declared.name, rows),
    }


def _shown(declared: Table, rows: list[Row]) -> list[Field]:
    """The columns that have anything to show, the key and the label first."""
    first = (declared.key, declared.label)
    filled = [f for f in declared.fields if any(r[f.name] is not None for r in rows)]
    return sorted(filled, key=lambda f: first.index(f.name) if f.name in first else len(first))
