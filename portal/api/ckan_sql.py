"""CKAN's read-only SQL, through Datasette's guard; each row that has a key comes with its permanent link."""

from __future__ import annotations

import re
from typing import Any

from etl.catalogue import ckan
from etl.catalogue.links import expanded
from etl.catalogue.record import Dataset
from portal.api import guarded
from portal.api.answers import ApiError
from portal.api.ckan_asked import Action, ActionError, Asked, InvalidError, Parameter
from portal.api.ckan_datastore import TYPES, URL

# What is left open runs to the end, so that no text is looked at twice.
_TOKEN = re.compile(r"""'(?:[^']|'')*(?:'|\Z)|"((?:[^"]|"")*)(?:"|\Z)|--[^\n]*|/\*(?:.*?\*/|.*)""", re.DOTALL)


async def datastore_search_sql(asked: Asked) -> dict[str, Any]:
    """只读的 SQL；表名写作加双引号的文件编号，如 SELECT * FROM "zhenjiang-stb-target.csv" LIMIT 5。"""
    statement, datasets = _translated(asked, asked.text("sql"))
    collections = {d.series.name for d in datasets} or {s.name for s in asked.catalogue.collections[:2]}
    if len(collections) != 1:
        raise InvalidError("sql", "一句 SQL 只能查同一个系列的表，表名写作加双引号的文件编号。")
    try:
        result = await guarded.run(asked.sql, collections.pop(), statement, asked.client)
    except ApiError as error:
        message = f"{error.error}{error.hint}"
        raise ActionError(
            409 if error.status < 429 else error.status, "Validation Error", message, {"query": [message]}
        ) from error
    rows = [row | _link(datasets, row) for row in result.rows]
    columns = [*result.columns, *([URL] if any(URL in row for row in rows) else [])]
    found = {"fields": [_field_of(datasets, c) for c in columns], "records": rows, "sql": asked.text("sql")}
    return found | ({"records_truncated": True} if result.truncated else {})


def _translated(asked: Asked, statement: str) -> tuple[str, list[Dataset]]:
    """The statement with the ids of resources replaced by names of tables; and the datasets that it names."""
    named: dict[str, Dataset] = {}

    def table(token: re.Match[str]) -> str:
        found = ckan.of_resource(token[1], asked.catalogue) if token[1] else None
        if found is None:
            return token[0]
        named[token[1]] = found
        return f'"{found.table.name}"'

    return _TOKEN.sub(table, statement), list(named.values())


def _link(datasets: list[Dataset], row: dict[str, Any]) -> dict[str, str]:
    """The link of a result's row, where it has the key of a table that was asked."""
    links = (expanded(d.row_template, row) for d in datasets)
    found = next((link for link in links if link), None)
    return {URL: found} if found else {}


def _field_of(datasets: list[Dataset], column: str) -> dict[str, str]:
    types = {f.name: f.type for d in reversed(datasets) for f in d.table.fields}
    return {"id": column, "type": TYPES.get(types.get(column, "string"), "text")}


ACTIONS = {
    "datastore_search_sql": Action(datastore_search_sql, {"sql": Parameter("SELECT 语句", required=True)}),
}
