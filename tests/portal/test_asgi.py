"""The gate before the three applications: hosts, paths, methods, bodies, headers, plain words."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

from etl.site import Site
from portal.asgi import create
from portal.gate import body
from portal.gate.gate import Gate
from portal.private import Private
from portal.published import Published

HOST = (b"host", b"127.0.0.1:8000")


@pytest.fixture
def app(releases: Any, site: Site, private: Private) -> ASGIApp:
    return create(Published(releases), site, private)


def ask(app: ASGIApp, path: str, *, query: bytes = b"", **scope: Any) -> tuple[int, dict[str, str], bytes]:
    """Send a request as it is, which no client library would; returns status, headers and body."""
    sent: list[Message] = []
    waiting: list[Message] = scope.pop("messages", [{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        return waiting.pop(0) if waiting else await asyncio.sleep(60, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        sent.append(message)

    raw = scope.pop("raw_path", None) or path.encode("latin-1")
    whole = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": raw,
        "query_string": query,
        "headers": [HOST],
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    # In a thread of its own: a browser's loop may run in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(app(whole | scope, receive, send))).result()
    headers = {k.decode(): v.decode("latin-1") for k, v in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(m.get("body", b"") for m in sent[1:])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/data/", "text/html"),
        ("/healthz", "application/json"),
        ("/search.json?q=x", "application/json"),
        ("/catalogue/zhenjiang-stb/target.csv", "text/csv"),
        ("/targets/zjstb-zkd-2017-13.agri-progress-share", "text/html"),
        ("/static/data.css", "text/css"),
        ("/en/", "text/html"),
    ],
)
def test_each_request_reaches_its_application(client: TestClient, path: str, kind: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)


@pytest.mark.parametrize(
    "path", ["/", "/data/", "/healthz", "/targets/nothing.json", "/nothing", "/data/nothing", "/static/data.css"]
)
def test_every_answer_carries_the_headers_that_protect(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert not {"http:", "https:", "'unsafe-inline'", "'unsafe-eval'", "*"} & set(
        headers["content-security-policy"].split()
    )
    assert headers["referrer-policy"]
    assert "server" not in headers


@pytest.mark.parametrize(
    "host",
    ["evil.example", "", "127.0.0.1.evil.example", "localhost@evil.example", "127.0.0.1:80:80", "a b", "127.0.0.1/x"],
)
def test_a_foreign_host_is_refused(app: ASGIApp, host: str) -> None:
    for path in ("/", "/data/", "/healthz", "/search.json"):
        status, headers, page = ask(app, path, headers=[(b"host", host.encode())])
        assert status == 400
        assert host.encode() not in page + str(headers).encode() or not host


def test_two_hosts_or_none_are_refused(app: ASGIApp) -> None:
    assert ask(app, "/", headers=[HOST, HOST])[0] == 400
    assert ask(app, "/", headers=[])[0] == 400
    assert ask(app, "/", headers=[(b"host", b"LOCALHOST")])[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/\\evil.example/",
        "/%5cevil.example/",
        "/%5Cevil.example",
        "//evil.example/",
        "//evil.example",
        "/data//evil.example/",
        "/data/\\evil.example/",
        "/data/%5c%5cevil.example/",
        "/%2fevil.example/",
        "/%2f%2fevil.example/",
        "/data/%2f%2fevil.example",
        "/.//evil.example",
        "/x/..//evil.example",
        "/../etc/passwd",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/data/../static",
        "/x%0d%0aSet-Cookie:a=b",
        "/x\r\nSet-Cookie:a=b",
        "/x%00",
        "/x%09",
        "/x%7f",
        "/%ff%fe",
        "/%c0%ae%c0%ae/",
        "/%e7%a0",
    ],
)
def test_row_25_a_path_that_leads_elsewhere_is_refused(app: ASGIApp, path: str) -> None:
    status, headers, page = ask(app, path)
    assert status == 400
    assert "location" not in headers and "set-cookie" not in headers
    assert b"evil" not in page


@pytest.mark.parametrize("where", ["/", "/data/zhenjiang-stb", "/search.json", "/catalogue/zhenjiang-stb/target.csv"])
def test_a_null_character_is_refused(app: ASGIApp, where: str) -> None:
    assert ask(app, where, query=b"q=%00")[0] == 400
    assert ask(app, where, query=b"sql=select%20'%00'")[0] == 400


def test_an_endless_query_is_refused_in_words(app: ASGIApp) -> None:
    status, _, page = ask(app, "/data/zhenjiang-stb", query=b"sql=" + b"x" * 100_000)
    assert (status, "网址太长" in page.decode()) == (414, True)


@pytest.mark.parametrize(
    "path", ["/data/", "/data/zhenjiang-stb", "/search.json", "/targets/x.json", "/catalogue/x/y.csv"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "XYZZY"])
def test_data_is_only_read(app: ASGIApp, path: str, method: str) -> None:
    assert ask(app, path, method=method)[0] == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "XYZZY"])
def test_pages_are_not_written_either(app: ASGIApp, method: str) -> None:
    assert ask(app, "/", method=method)[0] == 405


def test_a_body_beyond_the_limit_is_refused(app: ASGIApp) -> None:
    announced = [HOST, (b"content-length", b"20000000")]
    assert ask(app, "/", method="POST", headers=announced)[0] == 413
    pieces = [{"type": "http.request", "body": b"x" * 300_000, "more_body": True} for _ in range(5)]
    status, headers, page = ask(app, "/", method="POST", messages=pieces)
    assert (status, headers["connection"], "太大" in page.decode()) == (413, "close", True)
    assert ask(app, "/", method="POST", headers=[HOST, (b"content-length", b"-1")])[0] == 413


def test_a_body_that_never_ends_is_not_waited_for(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "SECONDS", 0.1)
    assert ask(app, "/", method="POST", messages=[{"type": "http.request", "body": b"x", "more_body": True}])[0] == 408


def test_a_fault_is_answered_plainly_and_logged_on_one_line(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    async def faulty(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("secret\nforged line")

    with caplog.at_level(logging.INFO):
        status, _, page = ask(Gate(faulty, site.hosts), "/x%0Ay"[:2])
    assert (status, b"secret" in page, "网站出了差错" in page.decode()) == (500, False, True)
    assert all("\n" not in record.getMessage() for record in caplog.records)
    assert any("forged" in record.getMessage() for record in caplog.records)


def test_programs_are_answered_in_their_language(client: TestClient) -> None:
    answer = client.get("/data/zhenjiang-stb.json", params={"sql": "x" * 40_000})
    assert (answer.status_code, set(answer.json())) == (414, {"ok", "status", "error", "hint"})


ROW = "/targets/zjstb-zkd-2017-13.agri-progress-share"


@pytest.mark.parametrize("path", [f"{ROW}.json", ROW, "/catalogue/zhenjiang-stb/target", "/catalog"])
def test_what_an_answer_varies_by_is_named_once(client: TestClient, path: str) -> None:
    varied = client.get(path, headers={"Accept": "application/ld+json"}).headers["vary"].split(", ")
    assert "Accept" in varied
    assert len(varied) == len(set(varied))


@pytest.mark.parametrize("path", ["/", ROW, f"{ROW}.json", "/data/", "/static/portal.css"])
def test_the_time_is_left_to_the_server(client: TestClient, path: str) -> None:
    assert "date" not in client.get(path).headers


def test_the_mark_is_where_browsers_look_for_it(client: TestClient) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "image/svg+xml")
    assert answer.text.startswith("<svg")


@pytest.mark.parametrize("accept", ["", "*/*", "text/event-stream", "application/json"])
def test_models_are_answered_on_post_alone_and_nobody_is_kept_waiting(client: TestClient, accept: str) -> None:
    answer = client.get("/mcp", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_pages_are_compressed_and_files_are_not(client: TestClient) -> None:
    assert client.get("/").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/catalogue/zhenjiang-stb/zhenjiang-stb.db").headers


def test_health_says_what_is_served(client: TestClient, tmp_path: Any, site: Site, private: Private) -> None:
    served = {"qinghe-joint": "1.0.0", "zhenjiang-stb": "1.0.0"}
    assert client.get("/healthz").json() == {"status": "ok", "collections": served}
    empty = TestClient(create(Published(tmp_path), site, private), base_url="http://127.0.0.1")
    assert (empty.get("/healthz").status_code, empty.get("/").status_code) == (503, 200)
