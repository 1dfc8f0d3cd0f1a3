"""What all parts of the catalogue's interface share: the record, answers, streams."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from etl.catalogue.record import Catalogue, Dataset, Series
from portal.api.answers import CACHE, CORS, ApiError
from portal.catalogued import catalogue


def of(request: Request) -> Catalogue:
    """The record of what is published now."""
    state = request.app.state
    return catalogue(state.published, state.site)


def series_of(request: Request) -> Series:
    """The collection that a path names; 404 where there is none."""
    found = of(request).series(request.path_params["collection"])
    if found is None:
        raise ApiError(404, "没有这个数据集。", "现有的数据集见 /catalogue/。")
    return found


def dataset_of(request: Request) -> Dataset:
    """The table that a path names; 404 where there is none."""
    series = series_of(request)
    found = series.dataset(request.path_params["table"])
    if found is None:
        raise ApiError(404, "没有这张表。", f"现有的表见 /catalogue/{series.name}/。")
    return found


def streamed(
    request: Request, pieces: Iterator[bytes], media_type: str, headers: dict[str, str] | None = None
) -> Response:
    """An answer that is made while it is sent; HEAD makes none of it."""
    headers = {**CORS, "Cache-Control": CACHE, **(headers or {})}
    if request.method == "HEAD":
        return Response(media_type=media_type, headers=headers)
    return StreamingResponse(pieces, media_type=media_type, headers=headers)
