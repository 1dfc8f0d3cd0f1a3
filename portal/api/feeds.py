"""Atom feeds of what changed, old → new: everything, a collection, a table, a row and what belongs to it."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from html import escape
from xml.etree.ElementTree import Element

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from etl.site import Site
from portal.api import atom
from portal.api.answers import ApiError, answer
from portal.api.mementos import moment
from portal.api.served import collection_of
from portal.published import Published
from portal.published.as_of import home
from portal.published.news import Entry, of_collection, of_row, of_table

MOST = 50
_PATH = re.compile(r"/feed\.atom|/catalogue/[^/]+(?:/[^/]+)?\.atom|/[^/]+/[^/]+\.atom")


def is_of_feeds(path: str) -> bool:
    """Whether a path is that of a feed."""
    return _PATH.fullmatch(path) is not None


def everything(request: Request) -> Response:
    """Every release of every collection."""
    published: Published = request.app.state.published
    entries = [e for c in published.collections() for e in of_collection(c, published.versions.known(c))]
    return _feed(request, request.app.state.site.title, "/", sorted(entries, key=lambda e: e.day, reverse=True))


def collection(request: Request) -> Response:
    """The releases of a collection."""
    published, served = collection_of(request)
    entries = of_collection(served, published.versions.known(served))
    return _feed(request, served.collection.title, f"/catalogue/{served.name}/", entries)


def table(request: Request) -> Response:
    """The releases that changed a table."""
    published, served = collection_of(request)
    declared = served.collection.by_name.get(request.path_params["table"])
    if declared is None:
        raise ApiError(404, "没有这张表。", f"现有的表见 /catalogue/{served.name}/。")
    title = f"{served.collection.title}：{declared.title}"
    entries = of_table(served, published.versions.known(served), declared)
    return _feed(request, title, f"/catalogue/{served.name}/{declared.name}", entries)


def row(request: Request) -> Response:
    """The releases that changed a row; of a notice or an indicator, what belongs to it too."""
    published: Published = request.app.state.published
    address, key = request.path_params["address"], request.path_params["key"]
    served = home(published, key)
    declared = served.collection.at(address) if served else None
    found = served.row(declared.name, key) if served and declared else None
    known = published.versions.known(served) if served else ()
    entries = of_row(served, known, declared, key) if served and declared else []
    if declared is None or (found is None and not any(e.lines for e in entries)):
        raise ApiError(404, "没有这个编号的记录。", "请核对网址中的编号，或在 /search.json?q= 中查找。")
    title = str((found or {}).get(declared.label) or key)
    return _feed(request, f"{declared.title}：{title}", f"/{address}/{key}", entries)


def _feed(request: Request, title: str, page: str, entries: list[Entry]) -> Response:
    return feed(request, f"{title}：变更", page, entries)


def feed(request: Request, title: str, page: str, entries: list[Entry]) -> Response:
    """The entries as a feed, or 304 for those who have it."""
    site: Site = request.app.state.site
    shown = entries[:MOST]
    newest = max((e.day for e in shown), default="")
    headers = {"Last-Modified": moment(newest)} if newest else {}
    since = request.headers.get("if-modified-since")
    if newest and since and "if-none-match" not in request.headers and _not_newer(newest, since):
        return Response(status_code=304, headers=headers)
    return answer(request, _written(site, title, request.url.path, page, shown, newest), atom.MEDIA_TYPE, headers)


def _written(site: Site, title: str, path: str, page: str, entries: list[Entry], newest: str) -> bytes:
    feed = atom.begin(site, title, path, page, f"{newest or '1970-01-01'}T00:00:00Z")
    for entry in entries:
        _add(feed, site, path, entry)
    return atom.written(feed)


def _add(feed: Element, site: Site, path: str, entry: Entry) -> None:
    added = atom.entry(feed, site, f"{path}#{entry.key}", entry.title, f"{entry.day}T00:00:00Z", entry.path)
    told = [escape(line) for line in entry.lines] + ([f"另有 {entry.more} 处"] if entry.more else [])
    body = "<ul>" + "".join(f"<li>{line}</li>" for line in told) + "</ul>" if told else escape(entry.title)
    atom.text(added, "content", body).set("type", "html")


def _not_newer(day: str, since: str) -> bool:
    try:
        return parsedate_to_datetime(moment(day)) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


ROUTES = [
    Route("/feed.atom", everything),
    Route("/catalogue/{collection}.atom", collection),
    Route("/catalogue/{collection}/{table}.atom", table),
    Route("/{address}/{key}.atom", row),
]
