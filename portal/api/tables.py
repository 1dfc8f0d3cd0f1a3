"""`/catalogue/<collection>/…`: tables as CSV and JSON, the descriptor, the database, the public texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from etl.declaration import Table
from portal.api import formats, tabular
from portal.api.answers import CACHE, CORS, JSON, ApiError, answer, encoded, etag, known
from portal.api.parameters import Asked, asked
from portal.api.served import collection_of
from portal.published import PublishedCollection, UnknownColumnError


def file(request: Request) -> Response:
    """A file of the collection, by its name."""
    (_, served), name = collection_of(request), request.path_params["file"]
    if name == "datapackage.json":
        return answer(request, served.build.descriptor.read_bytes(), JSON)
    if name == f"{served.name}.db":
        return _download(request, served, served.build.database, "application/vnd.sqlite3", name)
    stem, wanted = formats.by_suffix(name)
    table = served.collection.by_name.get(stem)
    if table is None or wanted not in ("csv", "json"):
        tables = "、".join(t.name for t in served.collection.tables)
        raise ApiError(
            404, "没有这个文件。", f"可用的有 datapackage.json、{served.name}.db，以及各表的 .csv 与 .json：{tables}。"
        )
    return _csv(request, served, table) if wanted == "csv" else _json(request, served, table)


def source(request: Request) -> Response:
    """The public text of a source, to which all offsets refer."""
    text = collection_of(request)[1].source_text(request.path_params["source"])
    if text is None:
        raise ApiError(404, "没有这个编号的来源。", "来源编号见 source 表。")
    return answer(request, text.encode("utf-8"), "text/plain; charset=utf-8")


def json_size(served: PublishedCollection, table: Table) -> int:
    """The bytes of a whole table as JSON."""
    return sum(map(len, _objects(_head(served, table, {}), served.stream(table.name))))


def _csv(request: Request, served: PublishedCollection, table: Table) -> Response:
    """The released file where the whole table is asked for; else what the filters leave of it."""
    wanted = asked(request)
    name = f"{served.name}-{table.name}.csv"
    released = served.build.data / f"{table.name}.csv"
    if wanted.whole and released.is_file():
        return _download(request, served, released, formats.MEDIA_TYPES["csv"], name)
    chunks = _chunks(served, table, wanted)
    body = tabular.lines(table.columns, chunks, spreadsheet=wanted.excel)
    return _stream(request, served, body, formats.MEDIA_TYPES["csv"], {"Content-Disposition": _attached(name)})


def _json(request: Request, served: PublishedCollection, table: Table) -> Response:
    wanted = asked(request)
    chunks = _chunks(served, table, wanted)
    return _stream(request, served, _objects(_head(served, table, wanted.filters), chunks), JSON, {})


def _head(served: PublishedCollection, table: Table, filters: dict[str, str]) -> bytes:
    head = {
        "collection": served.name,
        "table": table.name,
        "version": served.build.version,
        "total": served.count(table.name, filters),
    }
    return encoded(head)


def _objects(head: bytes, chunks: Iterator[list[dict[str, object]]]) -> Iterator[bytes]:
    """The head with the rows in it, a line each, so that memory does not grow with the table."""
    yield head[:-1] + b',"rows":['
    before = b"\n"
    for chunk in chunks:
        yield before + b",\n".join(map(encoded, chunk))
        before = b",\n"
    yield b"\n]}\n"


def _chunks(served: PublishedCollection, table: Table, wanted: Asked) -> Iterator[list[dict[str, object]]]:
    try:
        return served.stream(table.name, wanted.filters, order=wanted.order, limit=wanted.limit, offset=wanted.offset)
    except UnknownColumnError as error:
        raise ApiError(400, str(error), "筛选写作 ?列名=值，排序写作 ?_order=列名 或 ?_order=-列名。") from error


def _download(request: Request, served: PublishedCollection, path: Path, media_type: str, name: str) -> Response:
    tag = etag(served.build.content_hash, path.name)
    headers = {**CORS, "Cache-Control": CACHE, "ETag": tag, "Content-Disposition": _attached(name)}
    if known(request, tag):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=media_type, headers=headers)


def _stream(
    request: Request, served: PublishedCollection, body: Iterator[bytes], media_type: str, headers: dict[str, str]
) -> Response:
    tag = etag(served.build.content_hash, request.url.path, request.url.query)
    headers = {**CORS, "Cache-Control": CACHE, "ETag": tag, **headers}
    if known(request, tag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Response(media_type=media_type, headers=headers)
    return StreamingResponse(body, media_type=media_type, headers=headers)


def _attached(name: str) -> str:
    return f'attachment; filename="{name}"'
