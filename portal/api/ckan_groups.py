"""CKAN's calls about publishers, collections, keywords and licences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from etl.catalogue import ckan
from etl.catalogue.record import Series
from portal.api.ckan_asked import Action, Asked, NotFoundError, Parameter
from portal.api.ckan_packages import ID, LIMIT, MOST, some

ALL_FIELDS = {"all_fields": Parameter("是否给出全部内容", "boolean")}
MEMBERS = {**ID, "include_datasets": Parameter("是否列出数据集", "boolean")}


def organization_list(asked: Asked) -> Iterator[Any]:
    """全部发布者。"""
    found = some(asked, ckan.organisations(asked.catalogue))
    whole = asked.flag("all_fields")
    return (_organisation(asked, s) if whole else ckan.organisation_name(s) for s in found)


def organization_show(asked: Asked) -> dict[str, Any]:
    """一个发布者。"""
    wanted = asked.text("id")
    found = next((s for s in ckan.organisations(asked.catalogue) if ckan.organisation_name(s) == wanted), None)
    if found is None:
        raise NotFoundError(wanted)
    return _organisation(asked, found) | _members(asked, list(_published_by(asked, found)))


def group_list(asked: Asked) -> Iterator[Any]:
    """全部数据集系列。"""
    whole = asked.flag("all_fields")
    return (_group(s) if whole else s.name for s in some(asked, iter(asked.catalogue.collections)))


def group_show(asked: Asked) -> dict[str, Any]:
    """一个数据集系列。"""
    series = _series(asked)
    return _group(series) | _members(asked, [series])


def group_package_show(asked: Asked) -> list[dict[str, Any]]:
    """一个系列的数据集。"""
    return [ckan.package(d) for d in islice(_series(asked).datasets, asked.number("limit", MOST, MOST))]


def tag_list(asked: Asked) -> list[str]:
    """全部关键词。"""
    query = asked.text("query", "").lower()
    words = {w for d in asked.catalogue.datasets for w in (*d.keywords.zh, *d.keywords.en)}
    return sorted(w for w in words if query in w.lower())


def tag_show(asked: Asked) -> dict[str, Any]:
    """一个关键词。"""
    wanted = asked.text("id")
    if not any(wanted in (*d.keywords.zh, *d.keywords.en) for d in asked.catalogue.datasets):
        raise NotFoundError(wanted)
    return ckan.tag(wanted)


def license_list(asked: Asked) -> list[dict[str, Any]]:
    """用到的许可。"""
    return ckan.licences(asked.catalogue)


def nothing(_: Asked) -> list[Any]:
    """没有这类内容：总是空的。"""
    return []


def _series(asked: Asked) -> Series:
    name = asked.text("id")
    found = asked.catalogue.series(name)
    if found is None:
        raise NotFoundError(name)
    return found


def _published_by(asked: Asked, first: Series) -> Iterator[Series]:
    name = ckan.organisation_name(first)
    return (s for s in asked.catalogue.collections if ckan.organisation_name(s) == name)


def _organisation(asked: Asked, series: Series) -> dict[str, Any]:
    count = sum(len(s.collection.tables) for s in _published_by(asked, series))
    return ckan.organisation(series) | {"package_count": count}


def _group(series: Series) -> dict[str, Any]:
    return ckan.group(series) | {"package_count": len(series.collection.tables)}


def _members(asked: Asked, of: list[Series]) -> dict[str, Any]:
    wanted = asked.flag("include_datasets")
    packages = [ckan.package(d) for s in of for d in s.datasets][:MOST] if wanted else []
    return {"packages": packages, "users": [], "tags": [], "extras": [], "groups": []}


ACTIONS = {
    "organization_list": Action(organization_list, {**LIMIT, **ALL_FIELDS}),
    "organization_show": Action(organization_show, MEMBERS),
    "group_list": Action(group_list, {**LIMIT, **ALL_FIELDS}),
    "group_show": Action(group_show, MEMBERS),
    "group_package_show": Action(group_package_show, {**ID, "limit": LIMIT["limit"]}),
    "tag_list": Action(tag_list, {"query": Parameter("含有的文字")}),
    "tag_show": Action(tag_show, ID),
    "license_list": Action(license_list),
    "vocabulary_list": Action(nothing),
    "user_list": Action(nothing),
    "recently_changed_packages_activity_list": Action(nothing),
}
