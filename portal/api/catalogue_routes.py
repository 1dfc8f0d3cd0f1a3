"""The addresses of the catalogue in its dialects, and which requests are for them."""

from __future__ import annotations

import re

from starlette.routing import Match, Route
from starlette.types import Scope

from portal.api import catalogue_dcat as dcat
from portal.api import catalogue_files as files
from portal.api import ckan, sitemaps

READ = ("GET", "POST")


class Page(Route):
    """The address of a page, which machines may ask for in another form; files have a dot in theirs."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for the page."""
        return (Match.NONE, {}) if "." in scope["path"] else super().matches(scope)


ROUTES = [
    Route("/catalog", dcat.negotiated),
    *(Route(f"/catalog.{form}", dcat.catalog) for form in dcat.MEDIA_TYPES),
    Route("/data.json", files.data),
    Route("/datapackage.json", files.package),
    Route("/robots.txt", files.robots),
    Route("/llms.txt", files.llms_text),
    Route("/sitemap.xml", sitemaps.sitemaps),
    Route("/sitemaps/{name}.xml", sitemaps.one_sitemap),
    Route("/.well-known/api-catalog", files.api_catalog),
    Route("/.well-known/csvm", files.csv_locations),
    Route("/api/3/action/{action}", ckan.action, methods=READ),
    Route("/api/action/{action}", ckan.action, methods=READ),
    Route("/catalogue/{collection}.linkset.json", files.series_linkset),
    *(Route(f"/catalogue/{{collection}}.{form}", dcat.series) for form in dcat.MEDIA_TYPES),
    Route("/catalogue/{collection}/data/{table}.csv", files.released_csv),
    Route("/catalogue/{collection}/{table}/datapackage.json", files.table_package),
    Route("/catalogue/{collection}/{table}.csv-metadata.json", files.csv_metadata),
    Route("/catalogue/{collection}/{table}.linkset.json", files.linkset),
    *(Route(f"/catalogue/{{collection}}/{{table}}.{form}", dcat.dataset) for form in dcat.MEDIA_TYPES),
    Route("/{address}/{key}.linkset.json", files.row_linkset),
]
PAGES = [Page("/catalogue/{collection}/", dcat.page), Page("/catalogue/{collection}/{table}", dcat.page)]
_PAGE = re.compile(r"/catalogue/[^/.]+/[^/.]*")


def is_of_catalogue(path: str, accept: str) -> bool:
    """Whether a request is for one of these addresses."""
    if any(route.path_regex.match(path) for route in ROUTES):
        return True
    return bool(_PAGE.fullmatch(path)) and dcat.wants_data(accept)
