"""The API as a Starlette app, and which requests are its own."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from etl.site import Site
from portal.api import (
    catalogue_routes,
    cite,
    feeds,
    formats,
    forum,
    openapi,
    participation,
    queries,
    releases,
    rows,
    search,
    tables,
    usage,
    versions,
)
from portal.api.answers import ApiError, refusal
from portal.published import Published
from portal.queries.store import Queries
from portal.storage import Storage
from portal.usage.figures import Figures

_TABLE_FILE = re.compile(r"/catalogue/[^/]+/(?:[^/]+\.(?:csv|json|db)|sources/[^/]+\.txt)")
OWNERS = (
    releases.is_of_releases,
    versions.is_of_rows,
    cite.is_of_citations,
    feeds.is_of_feeds,
    queries.is_of_queries,
    usage.is_of_usage,
    forum.is_of_forum,
)
_ROW = re.compile(r"/([^/]+)/([^/]+)")


def create_api(published: Published, site: Site, sql: ASGIApp, storage: Storage) -> Starlette:
    """The app; it answers GET, and HEAD wherever GET; SQL that it is sent goes through `sql`, which is Datasette."""
    routes = [
        *catalogue_routes.ROUTES,
        *catalogue_routes.PAGES,
        *releases.ROUTES,
        *versions.ROUTES,
        *cite.ROUTES,
        *participation.ROUTES,
        *forum.ROUTES,
        *feeds.ROUTES,
        *queries.ROUTES,
        *usage.ROUTES,
        Route("/openapi.json", openapi.openapi),
        Route("/search.json", search.search),
        Route("/catalogue/{collection}/sources/{source}.txt", tables.source),
        Route("/catalogue/{collection}/{file}", tables.file),
        Route("/{address}/{file}", rows.row),
    ]
    api = Starlette(routes=routes, exception_handlers={ApiError: refusal})
    api.state.published, api.state.site, api.state.sql = published, site, sql
    api.state.graphs, api.state.storage = {}, storage
    api.state.queries = Queries(published, storage, site)
    api.state.figures = Figures(storage)
    return api


def is_for_machines(published: Published, path: str, accept: str) -> bool:
    """Whether a request is for this app: by its suffix, or for a row's page by what it accepts."""
    if path in ("/search.json", "/openapi.json") or _TABLE_FILE.fullmatch(path):
        return True
    if catalogue_routes.is_of_catalogue(path, accept) or any(owns(path) for owns in OWNERS):
        return True
    match = _ROW.fullmatch(path)
    if match is None or match[1] not in published.addresses():
        return False
    return formats.by_suffix(match[2])[1] is not None or formats.by_accept(accept) is not None
