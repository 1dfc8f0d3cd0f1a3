"""A row as JSON: its cells, what they name, where they were read, and under which licence they may be used."""

from __future__ import annotations

from typing import Any

from etl.declaration import Collection
from portal.published import Link, Located, label, url

Record = dict[str, Any]


def record(found: Located, site: str) -> Record:
    """The whole record; `site` is the address that makes its links permanent."""
    collection, table, row = found.published.collection, found.table, found.row
    return {
        "collection": collection.name,
        "table": table.name,
        "id": row[table.key],
        "label": label(table, row),
        "url": f"{site}{url(table, row)}",
        "version": found.published.build.version,
        "row": row,
        "labels": {column: _link(link, site) for column, link in links(found).items()},
        "source": source(found, site),
        "licence": licence(collection),
    }


def links(found: Located) -> dict[str, Link]:
    """What the row's foreign keys name, by column; empty cells left out."""
    labels = found.published.labels(found.table.name, [found.row])
    return {c: named[found.row[c]] for c, named in labels.items() if found.row[c] in named}


def source(found: Located, site: str) -> Record:
    """Where the row was read: the sentence in a notice, or the paper that a curated row was taken from."""
    row = found.row
    read = {
        c: row[c] for c in ("quote", "start", "end", "source_text", "source_url", "read_on") if row.get(c) is not None
    }
    if row.get("notice_id") and found.table.name != "notice":
        read["notice"] = f"{site}/notices/{row['notice_id']}#{row[found.table.key]}"
    source_id = row.get("source_id")
    if source_id:
        read["text"] = f"{site}/catalogue/{found.published.name}/sources/{source_id}.txt"
    return read


def licence(collection: Collection) -> Record:
    """The licence of the compilation as the declaration states it."""
    stated: Record = next(iter(collection.descriptor.get("licenses", ())), {})
    return {k: stated[k] for k in ("name", "title", "path") if k in stated}


def _link(link: Link, site: str) -> Record:
    return {"id": link.id, "label": link.label, "url": link.url and f"{site}{link.url}"}
