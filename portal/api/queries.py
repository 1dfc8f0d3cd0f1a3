"""Cited queries for machines: `/q/<id>.json` runs one again and compares, `/q/<id>.csv` is its result."""

from __future__ import annotations

import csv
import io
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.api.answers import JSON, ApiError, answer, encoded
from portal.api.formats import MEDIA_TYPES
from portal.queries.result import plain
from portal.queries.store import Again, Queries

_PATH = re.compile(r"/q/[^/]+\.(?:json|csv)")


def is_of_queries(path: str) -> bool:
    """Whether a path is that of a query, for machines."""
    return _PATH.fullmatch(path) is not None


def record(request: Request) -> Response:
    """The query, its result now, and whether that is what it was."""
    again = _again(request)
    address = request.app.state.site.address
    told = {**again.record, "url": f"{address}/q/{again.query.query_id}"}
    release = f"{address}/releases/{again.query.collection}/{again.query.version}/"
    return answer(request, encoded({**told, "superset": release}), JSON)


def result(request: Request) -> Response:
    """The result as CSV."""
    again = _again(request)
    if again.result is None:
        raise ApiError(404, again.words, "请稍后再试，或取得那一版后在自己的电脑上查询。")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(again.result.columns)
    writer.writerows(map(plain, row) for row in again.result.rows)
    headers = {"Content-Disposition": f'attachment; filename="{again.query.query_id}.csv"'}
    return answer(request, out.getvalue().encode("utf-8"), MEDIA_TYPES["csv"], headers)


def _again(request: Request) -> Again:
    queries: Queries = request.app.state.queries
    found = queries.find(request.path_params["query"])
    if found is None:
        raise ApiError(404, "没有这个编号的查询。", "请核对网址；怎样引用查询见 /q/。")
    return queries.lately(found)


ROUTES = [Route("/q/{query}.json", record), Route("/q/{query}.csv", result)]
