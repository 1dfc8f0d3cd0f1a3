"""CKAN's calls about datasets, their files, publishers, collections, keywords and licences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from etl.catalogue import ckan, ckan_search
from etl.catalogue.record import Dataset
from portal.api.ckan_asked import Action, Asked, InvalidError, NotFoundError, Parameter

MOST = 1000
LIMIT = {"limit": Parameter("最多几项", "integer"), "offset": Parameter("从第几项起（从 0 数）", "integer")}
ID = {"id": Parameter("编号或名称", required=True)}
SEARCH = {
    "q": Parameter("要找的词；也可写作 字段:值"),
    "fq": Parameter("筛选：字段:值，如 organization:x、tags:x、metadata_modified:[A TO B]"),
    "rows": Parameter("最多几项，至多 1000", "integer"),
    "start": Parameter("从第几项起", "integer"),
    "sort": Parameter("排序，如 metadata_modified desc"),
    "facet.field": Parameter("按哪些字段归类计数，JSON 列表", "array"),
}


def site_read(_: Asked) -> bool:
    """网站可以读取。"""
    return True


def status_show(asked: Asked) -> dict[str, Any]:
    """网站的名称、地址和接口版本。"""
    site = asked.catalogue.site
    return {
        "site_title": site.title,
        "site_description": site.description,
        "site_url": site.address,
        "ckan_version": "2.10.0",
        "error_emails_to": None,
        "locale_default": "zh_Hans_CN",
        "extensions": ["datastore"],
    }


def package_list(asked: Asked) -> Iterator[str]:
    """全部数据集的名称。"""
    return (d.name for d in some(asked, asked.catalogue.datasets))


def package_show(asked: Asked) -> dict[str, Any]:
    """一个数据集。"""
    return ckan.package(_dataset(asked, asked.text("id")))


def current_package_list_with_resources(asked: Asked) -> Iterator[dict[str, Any]]:
    """全部数据集及其文件。"""
    return map(ckan.package, some(asked, asked.catalogue.datasets))


def package_search(asked: Asked) -> dict[str, Any]:
    """按词、按字段查找数据集。"""
    facets = tuple(name for name in asked.names("facet.field") if name in ckan_search.FACETS)
    query, filters = asked.text("q", ""), " ".join(asked.names("fq")) or asked.text("fq", "")
    start, rows = asked.number("start", 0), asked.number("rows", 10, MOST)
    sort = asked.text("sort", "")
    try:
        found = ckan_search.search(asked.catalogue, query, filters, sort, start, rows, facets)
    except ckan_search.QueryError as error:
        raise InvalidError("query", str(error)) from error
    items = {name: [_facet(*pair) for pair in counts.most_common(50)] for name, counts in found.facets.items()}
    return {
        "count": found.count,
        "sort": sort or "score desc",
        "facets": {name: dict(counts.most_common(50)) for name, counts in found.facets.items()},
        "search_facets": {name: {"title": name, "items": listed} for name, listed in items.items()},
        "results": [ckan.package(dataset) for dataset in found.datasets],
    }


def package_autocomplete(asked: Asked) -> list[dict[str, str]]:
    """名称或标题含有所填文字的数据集。"""
    found = ckan_search.search(asked.catalogue, _quoted(asked.text("q")), "", "", 0, asked.number("limit", 10, 100), ())
    return [{"name": d.name, "title": d.title.zh, "match_field": "title"} for d in found.datasets]


def resource_show(asked: Asked) -> dict[str, Any]:
    """一个文件。"""
    wanted = asked.text("id")
    dataset = ckan.of_resource(wanted, asked.catalogue)
    found = next((r for r in ckan.resources(dataset) if r["id"] == wanted), None) if dataset else None
    if found is None:
        raise NotFoundError(wanted)
    return found


def resource_search(asked: Asked) -> dict[str, Any]:
    """按 字段:值 查找文件。"""
    field, _, value = asked.text("query").partition(":")
    if field not in ("name", "description", "url", "format", "mimetype", "id", "hash"):
        raise InvalidError("query", "写作 字段:值，字段可以是 name、description、url、format、mimetype、id、hash。")
    found = (r for d in asked.catalogue.datasets for r in ckan.resources(d) if value.lower() in str(r[field]).lower())
    offset, limit = asked.number("offset", 0), asked.number("limit", MOST, MOST)
    results, count = [], 0
    for count, resource in enumerate(found, 1):
        if offset < count <= offset + limit:
            results.append(resource)
    return {"count": count, "results": results}


def resource_view_list(asked: Asked) -> list[Any]:
    """文件的视图：没有。"""
    resource_show(asked)
    return []


def some(asked: Asked, items: Iterator[Any]) -> Iterator[Any]:
    """The items that `offset` and `limit` leave."""
    offset = asked.number("offset", 0)
    limit = asked.number("limit", 0) if "limit" in asked.given else None
    return islice(items, offset, None if limit is None else offset + limit)


def _dataset(asked: Asked, name: str) -> Dataset:
    found = asked.catalogue.dataset(name)
    if found is None:
        raise NotFoundError(name)
    return found


def _facet(name: str, count: int) -> dict[str, Any]:
    return {"name": name, "display_name": name, "count": count}


def _quoted(text: str) -> str:
    return '"' + text.replace('"', " ") + '"'


ACTIONS = {
    "site_read": Action(site_read),
    "status_show": Action(status_show),
    "package_list": Action(package_list, LIMIT),
    "package_show": Action(package_show, ID),
    "package_search": Action(package_search, SEARCH),
    "package_autocomplete": Action(
        package_autocomplete, {"q": Parameter("文字", required=True), "limit": LIMIT["limit"]}
    ),
    "current_package_list_with_resources": Action(current_package_list_with_resources, LIMIT),
    "resource_show": Action(resource_show, ID),
    "resource_search": Action(resource_search, {"query": Parameter("字段:值", required=True), **LIMIT}),
    "resource_view_list": Action(resource_view_list, ID),
}
