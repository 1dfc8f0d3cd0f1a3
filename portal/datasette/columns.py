"""Columns that a request names must exist: SQLite takes an unknown one for a text, and Datasette stumbles halfway."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from datasette.views.base import DatasetteError

from portal.datasette.hooks import hook

NAMING = ("_facet", "_facet_date", "_sort", "_sort_desc", "_col", "_nocol", "_label")
THROUGH = frozenset({"table", "column", "value"})


@hook(first=True)
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> None:
    """Look at what is filtered, sorted and counted by, before anything is asked of SQLite."""
    declared = datasette.served[database].collection.table(table)
    for column in _named(request.args):
        if column not in declared.columns:
            raise DatasetteError(f"表“{declared.title}”没有 {column[:60]} 这一列，列名见表的页面。", status=400)
    if "_facet_array" in request.args:
        raise DatasetteError("没有可以按数组归类的列。", status=400)
    size = request.args.get("_facet_size", "max")
    if size != "max" and not (size.isascii() and size.isdigit()):
        raise DatasetteError("归类的数目应当是整数或 max。", status=400)
    if not all(map(_is_through, request.args.getlist("_through"))):
        raise DatasetteError("_through 应当写作 {“table”: 表, “column”: 列, “value”: 值}。", status=400)


def _named(given: Any) -> Iterator[str]:
    for name in given:
        if not name.startswith("_"):
            yield name.rsplit("__", 1)[0]
        elif name in NAMING:
            yield from filter(None, given.getlist(name))


def _is_through(text: str) -> bool:
    try:
        stated = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(stated, dict) and stated.keys() == THROUGH and all(isinstance(v, str) for v in stated.values())
