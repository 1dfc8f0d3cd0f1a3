"""Titles, descriptions, units, facets, labels and questions: all from the descriptor that is served."""

from __future__ import annotations

from typing import Any

from etl.declaration import Collection, Field, Query, Table
from portal.datasette.hooks import hook

Metadata = dict[str, Any]


@hook()
def get_metadata(datasette: Any) -> Metadata:
    """What Datasette knows of the databases that are served now."""
    return {"databases": datasette.described}


def described(collection: Collection, past: str | None = None) -> Metadata:
    """What Datasette should know of a collection; `past` is its version where it is not the one served now."""
    tables = {t.name: _table(t) for t in collection.tables}
    hidden = {f"{t.name}_fts": {"hidden": True} for t in collection.tables if t.search}
    return {
        "title": f"{collection.title} {past} 版" if past else collection.title,
        "description": collection.descriptor.get("description", ""),
        "past": past,
        "tables": tables | hidden,
        "queries": {q.name: _query(q) for q in collection.queries},
    }


def _table(table: Table) -> Metadata:
    stated: Metadata = {
        "title": table.title,
        "description": table.description,
        "columns": {f.name: _column(f) for f in table.fields},
        "facets": list(table.facets),
        "label_column": table.label,
        "sort": table.key,
    }
    return stated | ({"fts_table": f"{table.name}_fts", "fts_pk": "rowid"} if table.search else {})


def _column(field: Field) -> str:
    """`title（unit）：description`. Datasette's own `units` would rewrite numbers, and knows no Chinese unit."""
    unit = f"（{field.unit}）" if field.unit else ""
    return f"{field.title}{unit}：{field.description}" if field.description else f"{field.title}{unit}"


def _query(query: Query) -> Metadata:
    stated = {"title": query.title, "description": query.description, "sql": query.sql, "hide_sql": True}
    return stated | ({"params": list(query.params), "examples": query.params} if query.params else {})
