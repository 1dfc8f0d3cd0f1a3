"""What a request counts as: which page was viewed, and what was done with which collection."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.published import Published
from portal.published.as_of import home
from portal.storage.usage import LONGEST_PATH, SITE
from portal.usage.kinds import API, FILES, SQL, VIEW

_LANGUAGE = re.compile(r"^/en(?=/)")
_UNCOUNTED = re.compile(r"/(?:static|account|desk|usage)(?:/.*)?|/favicon\.ico|/healthz|/robots\.txt|/sitemap.*")
"""What is no use of the site, and what is nobody's business."""
_COLLECTION = r"(?P<collection>[^/.]+?)(?:-v\d+-\d+-\d+)?"
_OF_COLLECTION = re.compile(rf"/(?:catalogue|releases|data)/{_COLLECTION}(?:[/.].*)?")
_FILE = re.compile(rf"/(?:catalogue|releases|data)/{_COLLECTION}(?:/.+\.|\.(?=db$))(?P<ending>\w+)")
_SQL = re.compile(rf"/data/{_COLLECTION}(?:\.json|\.csv)?")
_ROW = re.compile(r"/(?P<address>[^/@]+)/(?P<key>[^/@]+?)(?:@[^/]+?)?(?P<form>\.json|\.csv|\.jsonld)?")
_API = re.compile(r"/api/.+|/mcp|/search\.json|/q/[^/]+\.(?:json|csv)|/(?:data|datapackage|catalog)\..+")
_DATASET = re.compile(r"/catalogue/[^/]+/(?:[^/.]+)?")
_THREAD = re.compile(r"/forum/threads/\d+")


@dataclass(frozen=True)
class Use:
    """What was done with a collection, or with the site; `page` is the page that was viewed, if its views are shown."""

    uses: tuple[tuple[str, str], ...]
    page: str | None = None


def viewed(published: Published, path: str, query: bytes = b"") -> Use | None:
    """A page that a person opened."""
    path = _LANGUAGE.sub("", path)
    if _UNCOUNTED.fullmatch(path):
        return None
    collection = _collection(published, path)
    uses = [(SITE, VIEW), *([(collection, VIEW)] if collection else [])]
    if collection and _asks_sql(path, query):
        uses.append((collection, SQL))
    return Use(tuple(uses), _page(published, path))


def fetched(published: Published, path: str, query: bytes = b"") -> Use | None:
    """A file or an answer that a program or a person took away."""
    path = _LANGUAGE.sub("", path)
    if _UNCOUNTED.fullmatch(path):
        return None
    collection = _collection(published, path)
    if collection is None:
        return Use(((SITE, API),)) if _API.fullmatch(path) else None
    return Use(((collection, _kind(path, query)),))


def _kind(path: str, query: bytes) -> str:
    if _asks_sql(path, query):
        return SQL
    file = _FILE.fullmatch(path)
    return FILES.get(file["ending"], API) if file and not path.endswith(_ABOUT_DATA) else API


_ABOUT_DATA = ("/datapackage.json", "/manifest.json", ".linkset.json", ".csv-metadata.json")


def _asks_sql(path: str, query: bytes) -> bool:
    return _SQL.fullmatch(path) is not None and (b"&" + query).find(b"&sql=") >= 0


def _collection(published: Published, path: str) -> str | None:
    """The collection that a path is about."""
    if match := _OF_COLLECTION.fullmatch(path):
        return match["collection"] if published.collection(match["collection"]) else None
    match = _ROW.fullmatch(path)
    if match is None or match["address"] not in published.addresses():
        return None
    found = home(published, match["key"])
    return found.name if found else None


def _page(published: Published, path: str) -> str | None:
    """The page whose views are shown on it: that of a row, a dataset or a thread; a past version's is its row's."""
    if len(path) > LONGEST_PATH:
        return None
    if _DATASET.fullmatch(path) or _THREAD.fullmatch(path):
        return path
    match = _ROW.fullmatch(path)
    is_row = match is not None and match["address"] in published.addresses()
    return f"/{match['address']}/{match['key']}" if match and is_row else None
