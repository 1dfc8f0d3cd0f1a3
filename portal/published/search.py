"""Full-text search over every published table whose rows can be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.bigrams import match_expression
from etl.declaration import Table
from portal.published import links, sql
from portal.published.collection import PublishedCollection
from portal.published.rows import Row, label
from portal.published.snippets import Part, marked, snippet

LONGEST_QUERY = 100
"""Characters of a query that are looked at: more words than anyone types."""


@dataclass(frozen=True)
class Hit:
    """A row that holds what was searched for; `url` is the path where it is shown."""

    collection: str
    table: str
    id: str
    label: str
    snippet: tuple[Part, ...]
    url: str
    rank: tuple[int, float]


@dataclass(frozen=True)
class Found:
    """What a search found: how many rows in all, by collection and table, and the best of them."""

    query: str
    total: int
    counts: dict[tuple[str, str], int]
    hits: tuple[Hit, ...]


def search(
    collections: Iterable[PublishedCollection], query: str, *, limit: int, offset: int = 0, table: str | None = None
) -> Found:
    """The rows that hold every word of the query, those named by it first."""
    expression = match_expression(query[:LONGEST_QUERY])
    counts: dict[tuple[str, str], int] = {}
    hits: list[Hit] = []
    for published in collections if expression else ():
        for declared in searchable(published, table):
            total = _count(published, declared, expression)
            if total:
                counts[published.name, declared.name] = total
                hits += _hits(published, declared, expression, query[:LONGEST_QUERY], limit + offset)
    best = sorted(hits, key=lambda h: (h.rank, h.id))[offset : offset + limit]
    return Found(query, sum(counts.values()), counts, tuple(best))


def searchable(published: PublishedCollection, table: str | None = None) -> list[Table]:
    """Tables that are indexed and whose rows have a page, or stand in a notice that has one."""
    return [
        t
        for t in published.collection.tables
        if t.search and (t.address or t.name == "passage") and table in (None, t.name)
    ]


def statement(published: PublishedCollection, table: str | None = None) -> str | None:
    """The whole search as one statement with a parameter `words`, to be cited; none where nothing is indexed."""
    parts = []
    for declared in searchable(published, table):
        index, key, shown = (sql.name(n) for n in (f"{declared.name}_fts", declared.key, declared.label))
        found = f"SELECT rowid FROM {index} WHERE {index} MATCH :words"  # noqa: S608 - names of the declaration
        told = f"SELECT '{declared.name}' AS table_name, {key} AS id, {shown} AS label"
        parts.append(f"{told} FROM {sql.name(declared.name)} WHERE rowid IN ({found})")
    return "\nUNION ALL\n".join(parts) + "\nORDER BY table_name, id" if parts else None


def _count(published: PublishedCollection, table: Table, expression: str) -> int:
    index = sql.name(f"{table.name}_fts")
    statement = f"SELECT count(*) AS n FROM {index} WHERE {index} MATCH ?"  # noqa: S608
    return int(published.select(statement, [expression])[0]["n"])


def _hits(published: PublishedCollection, table: Table, expression: str, query: str, limit: int) -> list[Hit]:
    index, base = sql.name(f"{table.name}_fts"), sql.name(table.name)
    statement = (
        f"SELECT {base}.*, found.score FROM (SELECT rowid AS at, rank AS score FROM {index} "  # noqa: S608
        f"WHERE {index} MATCH ? ORDER BY rank LIMIT ?) AS found JOIN {base} ON {base}.rowid = found.at"
    )
    rows = published.select(statement, [expression, limit])
    return [_hit(published, table, row, query) for row in rows]


def _hit(published: PublishedCollection, table: Table, row: Row, query: str) -> Hit:
    name, score = label(table, row), float(row["score"])
    texts = [str(row[c]) for c in table.search if row[c] is not None]
    by_name = 0 if table.address and marked(name, query) else 1
    parts = snippet(texts, query)
    return Hit(
        published.name, table.name, str(row[table.key]), name, parts, links.url(table, row) or "", (by_name, score)
    )
