"""CKAN's datastore: rows of a table with filters and words, or what its columns are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from etl.catalogue import ckan
from etl.catalogue.links import expanded
from etl.catalogue.record import Dataset
from portal.api.ckan_asked import Action, Asked, InvalidError, NotFoundError, Parameter
from portal.api.tabular import lines
from portal.published import UnknownColumnError
from portal.published.datastore import find

MOST = 10_000
URL = "_url"
"""The column with the permanent link of each row."""
TYPES = {
    "integer": "int",
    "year": "int",
    "number": "numeric",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
}


def datastore_search(asked: Asked) -> dict[str, Any]:
    """一张表的行：按值筛选、按词查找、排序、分页；每行附永久链接。"""
    wanted = asked.text("resource_id", asked.given.get("id"))
    dataset = _dataset(asked, wanted)
    limit, offset = asked.number("limit", 100, MOST), asked.number("offset", 0)
    rows, total = _found(asked, dataset, limit, offset)
    for row in rows:
        row[URL] = expanded(dataset.row_template, row)
    fields = _chosen(asked, dataset)
    kept = [{f["id"]: row[f["id"]] for f in fields} for row in rows]
    shape = asked.text("records_format", "objects")
    found: dict[str, Any] = {
        "resource_id": wanted,
        "fields": fields,
        "records_format": shape,
        "records": _shaped(kept, [f["id"] for f in fields], shape),
        "limit": limit,
        "offset": offset,
        "filters": asked.mapping("filters"),
        "_links": _links(asked, wanted, limit, offset),
    }
    return found | ({"total": total, "total_was_estimated": False} if asked.flag("include_total", True) else {})


def datastore_info(asked: Asked) -> dict[str, Any]:
    """一张表的列和行数。"""
    dataset = _dataset(asked, asked.text("id", asked.given.get("resource_id")))
    return {"meta": {"id": dataset.name, "count": dataset.rows, "table_type": "BASE TABLE"}, "fields": _fields(dataset)}


def _found(asked: Asked, dataset: Dataset, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
    served = asked.published.collection(dataset.series.name)
    assert served is not None
    words = asked.json("q")
    try:
        return find(
            served,
            dataset.table.name,
            filters={k: v if isinstance(v, list) else [v] for k, v in asked.mapping("filters").items()},
            words=str(words) if isinstance(words, str | int | float) else "",
            words_in={k: str(v) for k, v in words.items()} if isinstance(words, dict) else None,
            order=_order(asked.text("sort", "")),
            limit=limit,
            offset=offset,
        )
    except UnknownColumnError as error:
        raise InvalidError("filters", str(error)) from error


def _order(sort: str) -> list[tuple[str, bool]]:
    order = []
    for part in filter(None, map(str.strip, sort.split(","))):
        column, _, way = part.partition(" ")
        if way.strip().lower() not in ("", "asc", "desc"):
            raise InvalidError("sort", "sort 写作 列名 或 列名 desc，多列以逗号相隔。")
        order.append((column.strip('"'), way.strip().lower() == "desc"))
    return order


def _chosen(asked: Asked, dataset: Dataset) -> list[dict[str, Any]]:
    fields, wanted = _fields(dataset), asked.names("fields")
    if unknown := set(wanted) - {f["id"] for f in fields}:
        raise InvalidError("fields", f"没有这些列：{'、'.join(sorted(unknown))}。")
    return [f for f in fields if not wanted or f["id"] in wanted]


def _fields(dataset: Dataset) -> list[dict[str, Any]]:
    own = [
        {
            "id": f.name,
            "type": TYPES.get(f.type, "text"),
            "info": {"label": f.title, "label_en": f.title_en, "notes": f.description, "unit": f.unit},
        }
        for f in dataset.table.fields
    ]
    link = {"id": URL, "type": "text", "info": {"label": "永久链接", "label_en": "Permanent link"}}
    return [{"id": "_id", "type": "int"}, *own, link]


def _shaped(rows: list[dict[str, Any]], columns: list[str], shape: str) -> Any:
    if shape == "objects":
        return rows
    if shape == "lists":
        return [list(row.values()) for row in rows]
    if shape == "csv":
        return b"".join(lines(columns, [rows], spreadsheet=False)).decode("utf-8").partition("\n")[2]
    raise InvalidError("records_format", "records_format 可以是 objects、lists 或 csv。")


def _links(asked: Asked, resource: str, limit: int, offset: int) -> dict[str, str]:
    kept = {k: v for k, v in asked.given.items() if isinstance(v, str | int | float) and k not in ("offset", "limit")}

    def at(start: int) -> str:
        query = urlencode(kept | {"resource_id": resource, "limit": limit, "offset": start})
        return f"/api/3/action/datastore_search?{query}"

    return {"start": at(0), "next": at(offset + limit)}


def _dataset(asked: Asked, resource: str) -> Dataset:
    found = ckan.of_resource(resource, asked.catalogue)
    if found is None:
        raise NotFoundError(resource)
    return found


RESOURCE = Parameter("文件编号或数据集名称", required=True)
ACTIONS = {
    "datastore_search": Action(
        datastore_search,
        {
            "resource_id": RESOURCE,
            "filters": Parameter('JSON 对象：列名与值（或值的列表），如 {"year": 2017}', "object"),
            "q": Parameter("要找的词，支持中文；或 JSON 对象：列名与文字"),
            "fields": Parameter("只要哪些列，以逗号相隔"),
            "sort": Parameter("排序，如 year desc, name"),
            "limit": Parameter("最多几行，至多 10000", "integer"),
            "offset": Parameter("从第几行起", "integer"),
            "include_total": Parameter("是否给出总行数", "boolean"),
            "records_format": Parameter("objects、lists 或 csv"),
        },
    ),
    "datastore_info": Action(datastore_info, {"id": RESOURCE}),
}
