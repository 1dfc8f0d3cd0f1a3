"""Rows 15 and 25 of the threats: no file comes in over the web, and none goes out as a page or from elsewhere."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from etl.places import ROOT
from etl.site import Site
from portal.asgi import create
from portal.private import Private
from portal.published import Published
from tests.portal.bureau import NAME, ROW, Bureau
from tests.portal.test_asgi import ask

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
FORMS = (
    "/participation/new/letter",
    "/forum/new",
    "/account/register",
    "/account/login",
    "/participation/track",
    "/q/",
)
DOWNLOADS = (
    *(f"/catalogue/{NAME}/target.{form}" for form in ("csv", "json", "jsonld")),
    *(f"/catalogue/{NAME}/{file}" for file in ("datapackage.json", f"{NAME}.db", "sources/zjstb-src-c8cbd21351.txt")),
    *(f"/releases/{NAME}/1.0.0/{file}" for file in (f"{NAME}.xlsx", f"{NAME}-1.0.0.zip", "README.md", f"{NAME}.db")),
    *(f"/releases/{NAME}/1.0.0/{file}" for file in ("data/target.csv", "parquet/target.parquet", "CITATION.cff")),
    *(f"/releases/{NAME}/1.0.0/{file}" for file in ("sources/zjstb-src-c8cbd21351.txt", "SHA256SUMS")),
    *(f"/releases/{NAME}/1.0.0...1.0.1.{form}" for form in ("csv", "json")),
    *(f"/targets/{ROW}@1.0.0.{form}" for form in ("csv", "json", "jsonld")),
    *(f"/data/{NAME}/target.{form}" for form in ("csv", "json")),
)
DRAWN = ("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/javascript")
"""What a browser would run."""


def test_row_15_no_form_and_no_view_takes_a_file() -> None:
    takes = re.compile(r"request\.files|type=\"file\"|multipart/form-data|FileField|UploadFile")
    files = [f for kind in ("py", "html") for f in (ROOT / "portal").rglob(f"*.{kind}")]
    assert [str(f.relative_to(ROOT)) for f in files if takes.search(f.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", FORMS)
def test_row_15_a_file_that_is_sent_nevertheless_is_kept_nowhere(
    asking: TestClient, private: Private, path: str
) -> None:
    before = {p for p in private.folder.rglob("*") if p.is_file()}
    answer = asking.post(path, files={"file": ("a.svg", SVG, "image/svg+xml"), "body": ("a.html", SVG, "text/html")})
    assert answer.status_code < 500
    assert b"onload" not in answer.content
    assert {p for p in private.folder.rglob("*") if p.is_file() and SVG in p.read_bytes()} == set()
    assert {p.suffix for p in private.folder.rglob("*") if p.is_file() and p not in before} <= {".db-wal", ".db-shm"}


@pytest.mark.parametrize("path", DOWNLOADS)
def test_row_15_a_download_is_never_drawn_by_a_browser(asking: TestClient, path: str) -> None:
    answer = asking.get(path, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    kind = answer.headers["content-type"].split(";")[0]
    assert kind not in DRAWN
    plain = kind in ("text/plain", "text/markdown", "application/json", "application/ld+json", "application/yaml")
    assert plain or answer.headers.get("content-disposition", "").startswith("attachment"), kind


UP = (
    "..",
    "%2e%2e",
    "%2E.",
    "%252e%252e",
    "..;",
    "%c0%ae%c0%ae",
    "%e0%80%ae%e0%80%ae",
    "..%00",
    "．．",
    "%uff0e%uff0e",
)
SLASH = ("/", "%2f", "%2F", "%5c", "\\", "%252f", "%c0%af", "／", "%e2%88%95", "//")
WHERE = (f"/releases/{NAME}/1.0.0/", f"/releases/{NAME}/", f"/catalogue/{NAME}/sources/", f"/catalogue/{NAME}/data/")
ABSOLUTE = ("/etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd", "C:%5cWindows%5cwin.ini", "~root/.ssh/id_rsa")


@pytest.fixture
def app(released: Published, site: Site, private: Private) -> ASGIApp:
    return create(released, site, private)


def test_there_are_two_hundred_ways_to_write_a_way_out() -> None:
    assert len(set(_ways())) >= 200


@pytest.mark.parametrize("where", WHERE)
def test_row_25_no_way_of_writing_leads_out_of_a_version(app: ASGIApp, bureau: Bureau, where: str) -> None:
    secret = next(bureau.private.rglob("release.key")).read_bytes()
    answers = {path: _asked(app, where, path) for path in (*_ways(), *ABSOLUTE)}
    wrong = {path: status for path, (status, page) in answers.items() if status not in (400, 404) or secret in page}
    assert wrong == {}


def _ways() -> list[str]:
    steps = [(f"{up}{slash}", slash) for up, slash in product(UP, SLASH)]
    ends = ((1, "{}current.json"), (3, "private{}release.key"))
    return [step * depth + end.format(slash).removeprefix(slash) for step, slash in steps for depth, end in ends]


def _asked(app: ASGIApp, where: str, path: str) -> tuple[int, bytes]:
    """The answer to a path that is sent as it is written, at the end of the way to it."""
    raw = where + quote(path, safe="%/\\:;~.")
    status, headers, page = ask(app, unquote(raw), raw_path=raw.encode())
    target = headers.get("location", "").removeprefix("http://127.0.0.1:8000")
    if status == 308 and target.startswith(where):
        # No more than a stroke at its end was missing.
        raw = target
        status, _, page = ask(app, unquote(raw), raw_path=raw.encode())
    return status, page
