"""Rows as of a release, their history and the list of their versions, for machines."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.api import formats, frozen, mementos
from portal.api.answers import JSON, ApiError, answer, encoded
from portal.published import Published
from portal.published.as_of import Absent, as_of, home, missing
from portal.published.history import Event, Life, life

_OF_ROWS = re.compile(r"/[^/]+/[^/]+/(?:history\.json|timemap)")
KEPT = "public, max-age=86400, immutable"
"""A day, so that what must be taken down leaves caches soon."""


def is_of_rows(path: str) -> bool:
    """Whether a path is that of a row's history or list of versions, for machines."""
    return _OF_ROWS.fullmatch(path) is not None


def row(request: Request) -> Response:
    """A row as of a release: `/<address>/<id>@<version>` with a suffix, or by Accept."""
    name, wanted = formats.by_suffix(request.path_params["file"])
    key, _, version = name.partition("@")
    wanted = wanted or formats.by_accept(request.headers.get("accept", "")) or "json"
    found = as_of(request.app.state.published, request.path_params["address"], key, version)
    if isinstance(found, Absent):
        raise refused(found, request.path_params["address"])
    headers = {"Cache-Control": KEPT, "Vary": "Accept"}
    if wanted == "csv":
        headers["Content-Disposition"] = f'attachment; filename="{key}@{version}.csv"'
    return answer(request, frozen.body(found, wanted), formats.MEDIA_TYPES[wanted], headers)


def history(request: Request) -> Response:
    """What happened to a row, for machines: `/<address>/<id>/history.json`."""
    path, lived = _life(request)
    told = [
        {
            "version": known.version,
            "released_on": known.released_on,
            "url": f"{path}@{known.version}" if known in lived.having else None,
            "changes": [_told(e) for e in events],
        }
        for known, events in lived.changed_in()
    ]
    return answer(request, encoded({"id": lived.key, "url": path, "versions": told}), JSON)


def timemap(request: Request) -> Response:
    """All versions of a row (RFC 7089): `/<address>/<id>/timemap`."""
    path, lived = _life(request)
    return answer(request, mementos.timemap(path, lived).encode("utf-8"), mementos.TIMEMAP)


def refused(absent: Absent, address: str) -> ApiError:
    """The refusal that says why there is no such row, and where it may be had."""
    if absent.kind == "version":
        have = f"现有的版本：{absent.numbers}。" if absent.versions else "这个数据集还没有发布过版本。"
        return ApiError(404, f"没有 {absent.version[:40]} 这个版本。", have)
    if absent.kind == "elsewhere":
        hint = f"可向发布者索取，或在收有来源的机器上重做：{absent.command}。"
        return ApiError(404, f"版本 {absent.version} 有记录，但它的文件不在本机。", hint, command=absent.command)
    if absent.kind == "not_in":
        return ApiError(404, f"{absent.version} 版没有这一行。", f"有这一行的版本：{absent.numbers}。")
    if absent.kind == "reversed":
        return ApiError(400, "先后写反了：前面应是较早的版本。", f"现有的版本：{absent.numbers}。")
    if absent.kind == "gone":
        return _gone(absent, address)
    return ApiError(404, "没有这个编号的记录。", "请核对网址中的编号，或在 /search.json?q= 中查找。")


def _gone(absent: Absent, address: str) -> ApiError:
    why = absent.withdrawal
    assert why is not None, "kind `gone` comes with its withdrawal"
    successor = f"/{address}/{why.successor}" if why.successor else None
    hint = f"最后有它的版本是 {why.last_version}。" + (f"现由 {why.successor} 取代。" if why.successor else "")
    facts = {"version": why.version, "last_version": why.last_version, "reason": why.reason, "successor": successor}
    return ApiError(410, f"这一行已在 {why.version} 版撤回：{why.reason or '没有写明理由'}。", hint, **facts)


def gone_or_missing(published: Published, address: str, key: str) -> ApiError:
    """The refusal for a row that is not there now; a withdrawn one says where it was last."""
    absent = missing(published, address, key)
    error = refused(absent, address)
    if absent.withdrawal:
        error.facts["last_url"] = f"/{address}/{key}@{absent.withdrawal.last_version}"
    return error


def _life(request: Request) -> tuple[str, Life]:
    published: Published = request.app.state.published
    address, key = request.path_params["address"], request.path_params["key"]
    served = home(published, key)
    table = served.collection.at(address) if served else None
    lived = life(served, published.versions.known(served), table.name, key) if served and table else None
    found = published.find(address, key) is not None
    if lived is None or not (found or lived.events):
        raise ApiError(404, "没有这个编号的记录。", "请核对网址中的编号，或在 /search.json?q= 中查找。")
    return f"/{address}/{key}", lived


def _told(event: Event) -> dict[str, Any]:
    told = {"kind": event.kind, "column": event.column or None, "old": event.old or None, "new": event.new or None}
    return told | {
        "reason": event.reason or None,
        "correction": event.correction or None,
        "successor": event.successor or None,
    }


ROUTES = [
    Route("/{address}/{key}/history.json", history),
    Route("/{address}/{key}/timemap", timemap),
]
