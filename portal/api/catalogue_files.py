"""The catalogue's other dialects as files at well-known addresses."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from etl.catalogue import csvw, data_json, llms, packages, signposts, sitemap
from etl.catalogue.record import Dataset
from etl.catalogue.streams import json_bytes
from portal.api import catalogue
from portal.api.answers import CACHE, CORS, JSON, ApiError, answer, etag, known
from portal.published import Published
from portal.sections import SECTIONS

PRIVATE = ("account", "desk")
"""Sections that belong to people, where the site has them."""
TEXT = "text/plain; charset=utf-8"


def data(request: Request) -> Response:
    """`/data.json`."""
    return catalogue.streamed(request, data_json.data_json(catalogue.of(request)), JSON)


def package(request: Request) -> Response:
    """`/datapackage.json`: every table of every collection."""
    return catalogue.streamed(request, packages.whole(catalogue.of(request)), JSON)


def table_package(request: Request) -> Response:
    """`/catalogue/<collection>/<table>/datapackage.json`: one table."""
    return answer(request, json_bytes(packages.alone(catalogue.dataset_of(request))), JSON)


def csv_metadata(request: Request) -> Response:
    """`/catalogue/<collection>/<table>.csv-metadata.json`."""
    return answer(request, json_bytes(csvw.metadata(catalogue.dataset_of(request))), csvw.MEDIA_TYPE)


def released_csv(request: Request) -> Response:
    """`/catalogue/<collection>/data/<table>.csv`: where the released descriptor says that the file stands."""
    dataset = catalogue.dataset_of(request)
    published: Published = request.app.state.published
    served = published.collection(dataset.series.name)
    path = served.build.data / f"{dataset.table.name}.csv" if served else None
    if path is None or not path.is_file():
        raise ApiError(404, "没有这个文件。", f"这张表的各种格式见 {dataset.path}。")
    headers = {**CORS, "Cache-Control": CACHE, "ETag": etag(dataset.series.content_hash, path.name)}
    if known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type="text/csv; charset=utf-8; header=present", headers=headers)


def linkset(request: Request) -> Response:
    """`/catalogue/<collection>/<table>.linkset.json`."""
    dataset = catalogue.dataset_of(request)
    body = signposts.linkset(dataset.url, signposts.of_dataset(dataset))
    return answer(request, json_bytes(body), signposts.LINKSET)


def series_linkset(request: Request) -> Response:
    """`/catalogue/<collection>.linkset.json`."""
    series = catalogue.series_of(request)
    return answer(request, json_bytes(signposts.linkset(series.url, signposts.of_series(series))), signposts.LINKSET)


def row_linkset(request: Request) -> Response:
    """`/<address>/<id>.linkset.json`."""
    found = request.app.state.published.find(request.path_params["address"], request.path_params["key"])
    series = catalogue.of(request).series(found.published.name) if found else None
    if found is None or series is None:
        raise ApiError(404, "没有这个编号的记录。", "请核对网址中的编号。")
    key = request.path_params["key"]
    links = signposts.of_row(Dataset(series, found.table), key)
    anchor = f"{series.site.address}/{found.table.address}/{key}"
    return answer(request, json_bytes(signposts.linkset(anchor, links)), signposts.LINKSET)


def api_catalog(request: Request) -> Response:
    """`/.well-known/api-catalog`."""
    return answer(request, json_bytes(signposts.api_catalog(catalogue.of(request))), signposts.LINKSET)


def csv_locations(request: Request) -> Response:
    """`/.well-known/csvm`: where the metadata of a CSV stands (CSV on the Web)."""
    return answer(request, b"{+url}-metadata.json\n", TEXT)


def robots(request: Request) -> Response:
    """`/robots.txt`."""
    private = [f"{s.blueprint.url_prefix}/" for s in SECTIONS if s.name in PRIVATE]
    return answer(request, sitemap.robots(catalogue.of(request), private).encode("utf-8"), TEXT)


def llms_text(request: Request) -> Response:
    """`/llms.txt`."""
    return catalogue.streamed(request, llms.llms(catalogue.of(request)), "text/markdown; charset=utf-8")
