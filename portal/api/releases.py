"""Releases for machines: the list, every file as it was signed, and what differs between two."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from etl.releasing.manifest import FILE, archive_name, read_manifest
from etl.releasing.reading import Release
from etl.releasing.signing import PUBLIC, SUFFIX
from portal.api.answers import CORS, JSON, ApiError, answer, encoded
from portal.api.mementos import moment
from portal.api.served import collection_of
from portal.api.versions import KEPT, refused
from portal.published import Published, PublishedCollection
from portal.published.as_of import Absent
from portal.published.differences import Shift, compare
from portal.published.versions import Known

MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8; header=present",
    ".json": "application/json; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".db": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".cff": "application/yaml; charset=utf-8",
}
SHOWN = (".json", ".md", ".txt", ".cff", "")
"""What a browser shows; the rest it saves."""
COLUMNS = ("table", "row", "label", "column", "kind", "old", "new", "reason", "correction", "versions")
_FOR_MACHINES = re.compile(
    r"/releases/(?:[^/]+\.json|[^/]+/minisign\.pub|[^/]+/[^/]+\.\.\.[^/]+\.(?:csv|json)|[^/]+/[^/]+/.+)"
)


def is_of_releases(path: str) -> bool:
    """Whether a path is that of a file.

    >>> is_of_releases("/releases/a/1.0.0/data/target.csv"), is_of_releases("/releases/a/1.0.0/")
    (True, False)
    """
    return _FOR_MACHINES.fullmatch(path) is not None


def index(request: Request) -> Response:
    """The versions of a collection."""
    published, served = collection_of(request)
    told = [_told(served.name, known) for known in published.versions.known(served)]
    body = {"collection": served.name, "current": None if served.build.is_draft else served.build.version}
    return answer(request, encoded({**body, "releases": told}), JSON)


def key(request: Request) -> Response:
    """The public key to verify with."""
    published, served = collection_of(request)
    path = published.releases / served.name / PUBLIC
    if not path.is_file():
        raise ApiError(404, "这个数据集还没有签过名。", "发布第一个版本后才有公钥。")
    return answer(request, path.read_bytes(), "text/plain; charset=utf-8")


def file(request: Request) -> Response:
    """A file of a release, as it was signed; parts of it by Range."""
    published, served = collection_of(request)
    found = _release(published, served, request.path_params["version"])
    name = request.path_params["path"]
    facts = files(found).get(name)
    if facts is None:
        raise ApiError(
            404, f"{found.version} 版里没有这个文件。", f"有哪些文件，见 /releases/{served.name}/{found.version}/。"
        )
    path = found.folder / name
    tag = f'"{facts["sha256"]}"' if facts.get("sha256") else f'"{found.content_hash}-{path.stat().st_size}"'
    headers = {**CORS, "Cache-Control": KEPT, "ETag": tag, "Last-Modified": moment(found.date)}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    if path.suffix not in SHOWN:
        headers["Content-Disposition"] = f'attachment; filename="{_saved_as(found, path)}"'
    media_type = MEDIA_TYPES.get(path.suffix, "text/plain; charset=utf-8")
    return FileResponse(path, media_type=media_type, headers=headers)


def files(found: Release) -> dict[str, dict[str, Any]]:
    """Every file of a release with its size and, where the manifest has it, its hash."""
    listed = dict(read_manifest(found.folder).files)
    archive = archive_name(found.collection, found.version)
    for name in (FILE, f"{FILE}{SUFFIX}", archive, f"{archive}{SUFFIX}"):
        path = found.folder / name
        if path.is_file():
            listed[name] = {"bytes": path.stat().st_size}
    return listed


def diff(request: Request) -> Response:
    """What differs between two releases, as CSV or JSON."""
    published, served = collection_of(request)
    first, second = (request.path_params[p] for p in ("a", "b"))
    shifts = compare(published, served, first, second)
    if isinstance(shifts, Absent):
        raise refused(shifts, "")
    name = f"{served.name}-{first}...{second}"
    if request.path_params["form"] == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": KEPT}
        return answer(request, _csv(shifts), MEDIA_TYPES[".csv"], headers)
    body = {"collection": served.name, "from": first, "to": second, "changes": [_cells(s) for s in shifts]}
    return answer(request, encoded(body), JSON, {"Cache-Control": KEPT})


def _release(published: Published, served: PublishedCollection, version: str) -> Release:
    found = published.versions.release(served.name, version)
    if found is None:
        known = published.versions.known(served)
        kind = "elsewhere" if version in {k.version for k in known} else "version"
        raise refused(Absent(kind, served.name, version, known), "")
    return found


def _told(collection: str, known: Known) -> dict[str, Any]:
    page = f"/releases/{collection}/{known.version}/"
    told = {"version": known.version, "released_on": known.released_on, "summary": known.summary, "url": page}
    if known.release is None:
        return {**told, "available": False}
    archive = known.release.archive.name
    hashes = {"content_hash": known.release.content_hash, "parent": known.release.parent}
    return {**told, "available": True, **hashes, "archive": page + archive, "signature": f"{page}{archive}{SUFFIX}"}


def _cells(shift: Shift) -> dict[str, str | None]:
    change = shift.change
    cells = (change.table, change.row, shift.label, change.column, shift.kind, change.old, change.new)
    return {
        c: v or None for c, v in zip(COLUMNS, (*cells, shift.reasons, shift.corrections, shift.versions), strict=True)
    }


def _csv(shifts: Iterable[Shift]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([v or "" for v in _cells(s).values()] for s in shifts)
    return out.getvalue().encode("utf-8")


def _saved_as(found: Release, path: Path) -> str:
    """Files of different versions do not take each other's place in a folder of downloads."""
    named = path.name.startswith(found.collection)
    return path.name if named and found.version in path.name else f"{found.collection}-{found.version}-{path.name}"


ROUTES = [
    Route("/releases/{collection}.json", index),
    Route("/releases/{collection}/minisign.pub", key),
    Route("/releases/{collection}/{a}...{b}.{form}", diff),
    Route("/releases/{collection}/{version}/{path:path}", file),
]
