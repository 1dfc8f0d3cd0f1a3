"""Sitemaps: the pages of the site, the rows of tables, the discussions of the forum that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from etl.catalogue import sitemap
from etl.catalogue.links import expanded
from etl.catalogue.record import Dataset
from portal.api import catalogue
from portal.api.answers import ApiError
from portal.forum import mapping
from portal.sections import SECTIONS
from portal.storage import Storage
from portal.storage.failing import spared

XML = "application/xml; charset=utf-8"
FORUM = "forum"


def sitemaps(request: Request) -> Response:
    """`/sitemap.xml`: the list of sitemaps."""
    return catalogue.streamed(request, sitemap.index(catalogue.of(request), _of_forum(request.app.state.storage)), XML)


def one_sitemap(request: Request) -> Response:
    """`/sitemaps/<name>.xml`: pages, some of the rows of a table, some of the discussions."""
    name = request.path_params["name"]
    if name == "pages":
        return catalogue.streamed(request, sitemap.urls(_pages(request)), XML)
    dataset_name, _, number = name.rpartition("-")
    if dataset_name == FORUM and number.isdecimal():
        return catalogue.streamed(request, sitemap.urls(_threads(request, int(number))), XML)
    dataset = catalogue.of(request).dataset(dataset_name)
    if dataset is None or not number.isdecimal() or not 1 <= int(number) <= sitemap.row_sitemaps(dataset):
        raise _nothing()
    return catalogue.streamed(request, sitemap.urls(_rows(request, dataset, int(number))), XML)


def _pages(request: Request) -> Iterator[tuple[str, str | None]]:
    address = request.app.state.site.address
    yield f"{address}/", None
    yield from ((f"{address}{s.blueprint.url_prefix}/", None) for s in SECTIONS if s.in_menu and s.blueprint.url_prefix)
    yield from sitemap.catalogue_pages(catalogue.of(request))


def _rows(request: Request, dataset: Dataset, number: int) -> Iterator[tuple[str, str | None]]:
    """Addresses of rows, read in chunks."""
    served = request.app.state.published.collection(dataset.series.name)
    chunks = served.stream(dataset.table.name, limit=sitemap.PAGE, offset=(number - 1) * sitemap.PAGE)
    for chunk in chunks:
        for row in chunk:
            address = expanded(dataset.row_template, row)
            if address:
                yield address, dataset.series.modified


@spared(list)
def _of_forum(storage: Storage) -> list[tuple[str, str | None]]:
    """The sitemaps of discussions."""
    with storage.session() as session:
        return [(f"{FORUM}-{n}", None) for n in range(1, -(-mapping.count(session) // sitemap.PAGE) + 1)]


def _threads(request: Request, number: int) -> list[tuple[str, str | None]]:
    """Addresses of discussions, with the moment of their newest wording."""
    address, storage = request.app.state.site.address, request.app.state.storage
    with storage.session() as session:
        found = mapping.threads(session, sitemap.PAGE, (number - 1) * sitemap.PAGE) if number > 0 else []
    if not found:
        raise _nothing()
    return [(f"{address}/forum/threads/{thread}", f"{at.isoformat(timespec='seconds')}Z") for thread, at in found]


def _nothing() -> ApiError:
    return ApiError(404, "没有这个站点地图。", "现有的见 /sitemap.xml。")
