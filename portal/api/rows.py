"""`/<address>/<id>.json`, `.csv` and `.jsonld`, or the same by Accept."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from portal.api import formats, linked, records, tabular, versions
from portal.api.answers import answer, encoded
from portal.published import Located, Published


async def row(request: Request) -> Response:
    """One row in the format asked for; looked up by key, which takes less time than a thread would."""
    if "@" in request.path_params["file"]:
        return await run_in_threadpool(versions.row, request)
    key, wanted = formats.by_suffix(request.path_params["file"])
    wanted = wanted or formats.by_accept(request.headers.get("accept", "")) or "json"
    published: Published = request.app.state.published
    found = published.find(request.path_params["address"], key)
    if found is None:
        raise versions.gone_or_missing(published, request.path_params["address"], key)
    body = _body(found, wanted, request.app.state.site.address)
    return answer(request, body, formats.MEDIA_TYPES[wanted], _headers(found, key, wanted))


def _body(found: Located, wanted: str, site: str) -> bytes:
    if wanted == "csv":
        return b"".join(tabular.lines(found.table.columns, [[found.row]], spreadsheet=False))
    return encoded(linked.linked(found, site) if wanted == "jsonld" else records.record(found, site))


def _headers(found: Located, key: str, wanted: str) -> dict[str, str]:
    path = f"/{found.table.address}/{key}"
    others = [f'<{path}.{f}>; rel="alternate"; type="{m.split(";")[0]}"' for f, m in formats.MEDIA_TYPES.items()]
    headers = {"Link": ", ".join([f'<{path}>; rel="canonical"', *others]), "Vary": "Accept"}
    if wanted == "csv":
        headers["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return headers
