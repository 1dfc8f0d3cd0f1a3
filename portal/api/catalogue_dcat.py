"""DCAT-AP: the catalogue, a collection or a table as JSON-LD, Turtle or RDF/XML, by suffix or by Accept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from etl.catalogue import dcat
from etl.catalogue.record import Series
from portal.api import catalogue
from portal.api.answers import CACHE, CORS, ApiError, etag, known
from portal.api.negotiation import chosen

MEDIA_TYPES = {
    "jsonld": "application/ld+json; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
}
GRAPHS = {m.split(";")[0]: form for form, m in MEDIA_TYPES.items()}
FORMS = {**GRAPHS, "text/html": "html", "application/xhtml+xml": "html"}
PAGES = {"text/html": "html", "application/xhtml+xml": "html", **GRAPHS, "text/csv": "csv", "application/json": "json"}

KEPT = 16
"""Graphs that are kept as they were sent: some 400 kB each."""


def negotiated(request: Request) -> Response:
    """`/catalog`: the form that is accepted; people are led to the page."""
    form = chosen(request.headers.get("accept", ""), FORMS)
    if form == "html":
        return RedirectResponse("/catalogue/", 303, {"Vary": "Accept"})
    if form is None:
        raise ApiError(406, "没有所要的格式。", f"可用的有 {'、'.join(GRAPHS)}。")
    return _page(request, form)


def catalog(request: Request) -> Response:
    """`/catalog.<form>`."""
    return _page(request, _suffix(request))


def series(request: Request) -> Response:
    """`/catalogue/<collection>.<form>`."""
    return _series(request, _suffix(request))


def dataset(request: Request) -> Response:
    """`/catalogue/<collection>/<table>.<form>`."""
    return _dataset(request, _suffix(request))


def page(request: Request) -> Response:
    """The page of a collection or a table, asked for in a form for machines."""
    form = chosen(request.headers.get("accept", ""), PAGES) or "jsonld"
    if "table" not in request.path_params:
        return _series(request, form if form in MEDIA_TYPES else "jsonld")
    if form in MEDIA_TYPES:
        return _dataset(request, form)
    return RedirectResponse(f"{catalogue.dataset_of(request).path}.{form}", 303, {"Vary": "Accept"})


def wants_data(accept: str) -> bool:
    """Whether a page is asked for in a form for machines."""
    return chosen(accept, PAGES) not in ("html", None)


def _suffix(request: Request) -> str:
    return request.url.path.rpartition(".")[2]


def _series(request: Request, form: str) -> Response:
    found = catalogue.series_of(request)
    return _graph(request, lambda: dcat.part(catalogue.of(request), list(found.datasets)), form, [found])


def _dataset(request: Request, form: str) -> Response:
    found = catalogue.dataset_of(request)
    return _graph(request, lambda: dcat.part(catalogue.of(request), [found]), form, [found.series])


def _page(request: Request, form: str) -> Response:
    record, number = catalogue.of(request), _number(request)
    last = dcat.last_page(record)
    if number > last:
        raise ApiError(404, "没有这一页。", f"共 {last} 页，从 1 起。")
    others = {"first": 1, "prev": number - 1, "next": number + 1, "last": last}
    links = [f'<{dcat.page_address(record, n)}>; rel="{r}"' for r, n in others.items() if 1 <= n <= last]
    return _graph(request, lambda: dcat.page(record, number), form, record.collections, {"Link": ", ".join(links)})


def _graph(
    request: Request,
    make: Callable[[], dcat.Node | None],
    form: str,
    of: Iterable[Series],
    headers: dict[str, str] | None = None,
) -> Response:
    """The graph in a form; made once for what is published, as making it takes a while."""
    headers = {**CORS, "Cache-Control": CACHE, "Vary": "Accept", **(headers or {})}
    described = [f"{s.name} {s.version} {s.content_hash} {s.modified}" for s in of]
    headers["ETag"] = etag(form, request.url.path, request.query_params.get("page", "1"), *described)
    if known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    kept: dict[str, bytes] = request.app.state.graphs
    body = kept.pop(headers["ETag"], None) or dcat.serialised(make() or {}, form)
    kept[headers["ETag"]] = body
    while len(kept) > KEPT:
        kept.pop(next(iter(kept)), None)
    return Response(body, media_type=MEDIA_TYPES[form], headers=headers)


def _number(request: Request) -> int:
    text = request.query_params.get("page", "1")
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text) > 0):
        raise ApiError(400, "page 应当是从 1 起的整数。", "例如 ?page=2。")
    return int(text)
