"""Rows 29, 31, 46, 49, 50 of the threats: what requests say of themselves, what pages say of us, what the code has."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from etl.places import ROOT
from etl.site import Site
from portal.app import create_app
from portal.asgi import create
from portal.private import Private
from portal.published import Published
from tests.portal.access.asking import declared
from tests.portal.people import log_in, member

PAGES = (
    "/",
    "/targets/",
    "/forum/",
    "/participation/",
    "/account/login",
    "/search?q=研发",
    "/data/",
    "/search.json?q=研发",
)
ELSEWHERE = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Prefix": "/evil.example",
    "X-Original-URL": "/evil.example",
    "X-Rewrite-URL": "/evil.example",
    "X-Host": "evil.example",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=https",
}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "127.0.0.1@evil.example"]
)
def test_row_29_only_hosts_of_ours_are_answered(client: TestClient, host: str) -> None:
    for page in PAGES:
        answer = client.get(page, headers={"Host": host})
        assert (answer.status_code, "evil" in answer.text + str(answer.headers)) == (400, False)


@pytest.mark.parametrize("page", PAGES)
def test_row_31_no_header_changes_what_a_page_says(client: TestClient, page: str) -> None:
    plain, told = client.get(page), client.get(page, headers=ELSEWHERE)
    assert "evil" not in told.text + str(told.headers)
    assert without_tokens(told.text) == without_tokens(plain.text)
    assert told.headers.get("location") == plain.headers.get("location")


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page)


def test_row_31_a_page_for_one_is_kept_nowhere_and_one_for_all_is_told_apart(
    client: TestClient, private: Private
) -> None:
    guests = {page: client.get(page).headers for page in ("/", "/targets/", "/forum/")}
    assert {headers["cache-control"] for headers in guests.values()} == {"no-cache"}
    assert all("Cookie" in headers["vary"] and "set-cookie" not in headers for headers in guests.values())
    log_in(client, private, member(private, "管事的人", ("admin",)))
    for page in ("/", "/targets/", "/desk/", "/desk/people/", "/desk/log", "/account/"):
        answer = client.get(page)
        assert (answer.status_code, "no-store" in answer.headers["cache-control"]) == (200, True), page


def test_under_https_browsers_ask_for_nothing_else(published: Published, site: Site, private: Private) -> None:
    plain, secure = (
        TestClient(create(published, replace(site, address=address), private), base_url="http://127.0.0.1:8000")
        for address in ("http://127.0.0.1:8000", "https://data.example.cn")
    )
    for path in ("/", "/search.json?q=x", "/data/", "/no/such/page"):
        assert "strict-transport-security" not in plain.get(path).headers
        assert secure.get(path).headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "words", ["{{7*7}}", "{%print(7*7)%}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "{{config}}", "%(7)s{0}"]
)
def test_row_46_what_is_written_is_no_template(client: TestClient, private: Private, words: str) -> None:
    found = client.get("/search", params={"q": words}).text
    assert "49" not in found.partition("</form>")[0]
    assert "SECRET_KEY" not in found
    log_in(client, private, member(private, "管事的人", ("admin",)))
    for page in ("/desk/people/", "/desk/log"):
        shown = client.get(page, params={"q": words, "by": words}).text
        assert "SECRET_KEY" not in shown and ">49<" not in shown


def test_row_46_no_template_is_made_of_a_text() -> None:
    made = re.compile(r"render_template_string|\bfrom_string\(|Template\(|\|\s*safe\b")
    files = [f for kind in ("py", "html") for f in (ROOT / "portal").rglob(f"*.{kind}")]
    assert [str(f.relative_to(ROOT)) for f in files if made.search(f.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "path",
    [
        "/console",
        "/debug",
        "/-/",
        "/-/settings",
        "/data/-/plugins",
        "/data/-/versions",
        "/data/-/threads",
        "/.env",
        "/.git/config",
        "/server-status",
        "/metrics",
        "/admin",
        "/account/admin",
        "/desk",
        "/static/",
        "/var/private/portal.db",
        "/healthz/x",
    ],
)
def test_row_49_nothing_inside_is_shown(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=False)
    assert answer.status_code in (303, 308, 403, 404)
    assert not any(word in answer.text for word in ("Traceback", "werkzeug", "Werkzeug", str(ROOT), "SECRET_KEY"))


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_row_49_no_number_is_too_large_for_an_address(
    any_client: TestClient, any_private: Private, number: int
) -> None:
    log_in(any_client, any_private, member(any_private, "管事的人", ("admin",)))
    numbered = [rule for rule, methods in declared().items() if "<int" in rule and "GET" in methods]
    paths = [re.sub(r"<int[^>]*>", str(number), re.sub(r"<(?!int)[^>]+>", "x", rule)) for rule in numbered]
    answers = {path: any_client.get(path).status_code for path in paths}
    assert len(answers) > 5
    assert {path: status for path, status in answers.items() if status != 404} == {}


def test_row_49_debugging_is_off(published: Published, site: Site, private: Private) -> None:
    app = create_app(published, site, private)
    assert (app.debug, app.testing, app.config["PROPAGATE_EXCEPTIONS"]) == (False, False, None)


SECRETS = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\n|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    rb"|(?i:secret_key)\s*[=:]\s*[\"'][^\"'\s{]{24,}[\"']"
)


def test_row_50_no_secret_lies_in_the_repository() -> None:
    planted = b'SECRET_KEY = "' + b"4f" * 20 + b'"\n'
    assert SECRETS.search(planted)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True).stdout.split(b"\0")
    files = [ROOT / name.decode() for name in listed if name]
    assert len(files) > 100
    found = [str(f.relative_to(ROOT)) for f in files if f.is_file() and SECRETS.search(f.read_bytes())]
    assert found == [], "a secret that was once committed is known: make a new one"


def test_row_50_what_is_private_stays_out_of_git() -> None:
    ignored = subprocess.run(["git", "check-ignore", "var/private/portal.db"], cwd=ROOT, capture_output=True)
    assert ignored.returncode == 0
    assert Path(ROOT / ".gitignore").is_file()
