"""The holes that CKAN had, by their numbers: each is asked for here, and answered as it should be."""

from __future__ import annotations

import re
import ssl

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from etl.capture import CaptureRefused, capture
from etl.site import Site
from portal.app import create_app
from portal.asgi import create
from portal.logs import safe
from portal.mail.carriers import Smtp
from portal.mail.settings import Server
from portal.private import Private
from portal.published import Published
from portal.storage import Storage
from tests.portal.accounts.visitor import GOOD, Visitor
from tests.portal.forum.talk import Talk
from tests.portal.mail.sink import Sink, listening
from tests.portal.people import log_in, member
from tests.portal.test_asgi import ask

SQL = "/api/3/action/datastore_search_sql"
MARKUP = '<img src=x onerror="alert(1)">'


@pytest.fixture
def visitor(published: Published, site: Site, private: Private) -> Visitor:
    return Visitor(create_app(published, site, private))


@pytest.fixture
def app(published: Published, site: Site, private: Private) -> ASGIApp:
    return create(published, site, private)


def cookie(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("session", domain="127.0.0.1")
    return found.value if found else ""


@pytest.mark.parametrize(
    "sql", ["drop table target", "select 1; delete from target", "select * from pragma_database_list", "select '", "x"]
)
def test_cve_2026_42031_sql_of_guests_reaches_no_more_than_published_rows(client: TestClient, sql: str) -> None:
    before = client.get("/catalogue/zhenjiang-stb/target.json").json()
    answer = client.get(SQL, params={"sql": sql})
    assert (400 <= answer.status_code < 500, answer.json()["success"]) == (True, False)
    assert client.get("/catalogue/zhenjiang-stb/target.json").json() == before


@pytest.mark.parametrize("table", ["account", "login", "message", "sqlite_master", "main.account"])
def test_cve_2026_42032_sql_can_not_name_what_nobody_may_read(client: TestClient, table: str) -> None:
    answer = client.get(SQL, params={"sql": f'select * from "{table}"'})  # noqa: S608
    assert (answer.status_code >= 400, answer.json()["success"], "email" in answer.text) == (True, False, False)


def test_cve_2026_41255_nothing_that_is_sent_is_free_of_its_token(client: TestClient, private: Private) -> None:
    log_in(client, private, member(private, "管事的人", ("admin",)))
    for path in ("/account/favourites", "/account/change", "/desk/people/1/roles", "/forum/new", "/account/logout"):
        assert client.post(path, data={"reason": "x"}).status_code == 400, path
        assert client.post(path, json={"reason": "x"}).status_code == 400, path


def test_cve_2026_41132_a_mail_server_shows_a_certificate_that_somebody_vouches_for(
    tls: ssl.SSLContext,
) -> None:
    with listening(Sink(tls, tls_from_start=True)) as sink:
        server = Server("127.0.0.1", sink.port, "from_start", "portal", GOOD)
        with pytest.raises(ssl.SSLCertVerificationError), Smtp(server, "example.org").open():
            pass
    assert sink.raw == []


def test_cve_2025_64100_a_session_that_was_fixed_before_is_worth_nothing_after(visitor: Visitor) -> None:
    visitor.get("/account/login")
    planted = cookie(visitor)
    visitor.join("王小芳", "fang@example.org")
    thief = Visitor(visitor.app)
    thief.client.set_cookie("session", planted, domain="127.0.0.1")
    assert (visitor.is_in(), thief.is_in(), cookie(visitor) == planted) == (True, False, False)


@pytest.mark.parametrize(
    "text", [MARKUP, "[x](javascript:alert(1))", "<script>alert(1)</script>", "![x](x 'onerror=alert(1)')"]
)
def test_cve_2025_54384_markdown_of_members_runs_nothing(
    client: TestClient, published: Published, site: Site, private: Private, text: str
) -> None:
    talk = Talk.over(published, site, private)
    board = site.metadata["forum"]["boards"][0]["id"] if "forum" in site.metadata else "data"
    post = talk.begin(talk.moderator, "标题", text, board)
    page = client.get(f"/forum/threads/{talk.thread_of(post).thread_id}").text
    assert re.findall(r"<(?:img|script)[^>]*(?:onerror|>alert)|href=\"javascript:", page) == []


def test_cve_2025_24372_no_picture_comes_from_members_or_from_elsewhere(client: TestClient, private: Private) -> None:
    picture = {"image": ("a.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")}
    log_in(client, private, member(private, "小林", ("member",)))
    assert client.post("/forum/new", files=picture).status_code == 400
    policy = client.get("/forum/").headers["content-security-policy"]
    sources = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert sources.get("img-src", sources["default-src"]) == "'self'"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "file:///etc/passwd"],
)
def test_cve_2024_43371_nothing_inside_is_fetched_for_anybody(client: TestClient, address: str) -> None:
    with pytest.raises(CaptureRefused):
        capture(address)
    answer = client.get("/api/3/action/resource_show", params={"id": address, "url": address})
    assert (answer.status_code, answer.json()["success"]) == (404, False)


def test_cve_2024_41674_a_failure_tells_no_address_of_a_database_and_no_password(
    app: ASGIApp, private: Private, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql+psycopg://portal:geheim@db.internal/portal"

    def failing(self: Storage) -> None:
        raise RuntimeError(f"could not connect to {url}")

    monkeypatch.setattr(Storage, "session", failing)
    status, _, page = ask(app, "/forum/")
    assert (status >= 500, b"geheim" in page, b"db.internal" in page) == (True, False, False)
    assert "geheim" not in safe(f"could not connect to {url}")


def test_cve_2024_41675_cells_in_tables_are_escaped_when_they_are_drawn(client: TestClient) -> None:
    asked = {"sql": f"select '{MARKUP}' as \"<img src=x>\""}
    answer = client.get("/data/zhenjiang-stb", params=asked, follow_redirects=True)
    assert (answer.status_code, MARKUP in answer.text, "&lt;img src=x" in answer.text) == (200, False, True)


def test_cve_2024_27097_a_name_in_a_reset_begins_no_line_of_the_log(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        visitor.post("/account/reset", email="x@example.org\r\nINFO root logged in")
    assert [r.getMessage() for r in caplog.records if len(safe(r.getMessage()).splitlines()) > 1] == []
    assert not any(safe(r.getMessage()).startswith("INFO root") for r in caplog.records)


@pytest.mark.parametrize(
    "path", ["/account/login", "/participation/new/letter", "/api/3/action/datastore_search", "/mcp"]
)
def test_cve_2023_50248_no_field_takes_more_memory_than_a_body_may_have(app: ASGIApp, path: str) -> None:
    pieces = [{"type": "http.request", "body": b"x=" + b"0" * 600_000, "more_body": True} for _ in range(50)]
    assert ask(app, path, method="POST", messages=pieces)[0] == 413
    assert len(pieces) > 45, "it was read to its end"


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..%2f..%2fprivate%2fsecret.key", "/etc/passwd", "..\\x", "a\0b"]
)
def test_cve_2023_32321_no_id_of_a_resource_is_a_path(client: TestClient, app: ASGIApp, name: str) -> None:
    answer = client.get("/api/3/action/resource_show", params={"id": name})
    assert (answer.status_code in (400, 404, 409), "root:" in answer.text) == (True, False)
    assert ask(app, f"/catalogue/zhenjiang-stb/sources/{name}.txt")[0] in (400, 404)


def test_cve_2022_43685_who_registers_takes_over_nobody(visitor: Visitor) -> None:
    visitor.join("王小芳", "fang@example.org").log_out()
    other = Visitor(visitor.app, address="192.0.2.9")
    taken = "完全不同的另一句话语"
    for name, mail in (("王小芳", "evil@example.org"), ("别的人", "fang@example.org"), ("王小芳", "fang@example.org")):
        fields = {"id": "1", "user_id": "1", "fs_uniquifier": "1", "roles": "admin"}
        form = {"username": name, "email": mail, "password": taken, "password_confirm": taken}
        assert other.post("/account/register", **form, **fields).status_code < 500
    other.log_in("王小芳", taken)
    assert not other.is_in()
    visitor.log_in("王小芳")
    assert visitor.is_in()


def test_cve_2021_25967_no_svg_of_anybody_is_kept_or_shown(client: TestClient, private: Private) -> None:
    svg = {"file": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml")}
    log_in(client, private, member(private, "小林", ("member",)))
    for path in ("/account/", "/account/favourites", "/forum/new", "/participation/new/letter"):
        assert client.post(path, files=svg).status_code in (400, 405), path
    assert [p for p in private.folder.rglob("*") if p.is_file() and b"onload" in p.read_bytes()] == []


def test_all_of_them_are_here() -> None:
    named = {name for name in globals() if name.startswith("test_cve_")}
    assert len({"_".join(name.split("_")[:4]) for name in named}) == 15
