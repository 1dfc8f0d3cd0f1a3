"""`/usage.json`, `/usage.csv` and the same of one collection: how often data are viewed, downloaded and queried."""

from __future__ import annotations

import collections
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal.api import tabular
from portal.api.answers import JSON, ApiError, answer, encoded
from portal.api.formats import MEDIA_TYPES
from portal.api.served import collection_of
from portal.storage.usage import Usage
from portal.usage.kinds import TITLES

COLUMNS = ("period", "collection", "kind", "times")
PERIODS = {"day": "%Y-%m-%d", "month": "%Y-%m"}
_OF_USAGE = re.compile(r"/usage(?:/[^/]+)?\.(?:json|csv)")


def is_of_usage(path: str) -> bool:
    """Whether a path is that of usage figures."""
    return _OF_USAGE.fullmatch(path) is not None


def all_of_it(request: Request) -> Response:
    """The figures of every collection, and of the whole site, where the collection is empty."""
    return _answer(request, request.app.state.figures.rows(), request.path_params["form"])


def of_collection(request: Request) -> Response:
    """The figures of one collection."""
    _, served = collection_of(request)
    return _answer(request, request.app.state.figures.rows(served.name), request.path_params["form"])


def _answer(request: Request, used: list[Usage], form: str) -> Response:
    by = request.query_params.get("_by", "day")
    if by not in PERIODS or form not in ("json", "csv"):
        raise ApiError(400, "没有这种合计。", "_by 可以是 day（按日）或 month（按月），文件可以是 .json 或 .csv。")
    rows = _summed(used, PERIODS[by])
    if form == "csv":
        return answer(request, b"".join(tabular.lines(COLUMNS, [rows], spreadsheet=False)), MEDIA_TYPES["csv"])
    kinds = {kind: str(title) for kind, title in TITLES.items()}
    return answer(request, encoded({"by": by, "kinds": kinds, "rows": rows}), JSON)


def _summed(used: list[Usage], period: str) -> list[dict[str, Any]]:
    sums: collections.Counter[tuple[str, str, str]] = collections.Counter()
    for row in used:
        sums[row.day.strftime(period), row.collection, row.kind] += row.times
    return [dict(zip(COLUMNS, (*key, times), strict=True)) for key, times in sorted(sums.items())]


ROUTES = [Route("/usage.{form}", all_of_it), Route("/usage/{collection}.{form}", of_collection)]
