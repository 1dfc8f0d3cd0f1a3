"""Row 45 of the threats: what people write in addresses and forms is never taken for a part of a statement.

Every route is asked with every name that its code reads, once so that a statement that it got into would be true, once
so that it would be false or none: the pages are the same.
"""

from __future__ import annotations

import html as entities
import inspect
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from flask_security.utils import hash_password
from lxml import html
from sqlalchemy import func, select
from starlette.testclient import TestClient

from etl.site import Site
from portal.app import create_app
from portal.asgi import create
from portal.limits import ALLOWED, Limits
from portal.private import Private
from portal.published import Published
from portal.storage.people import User
from tests.portal.accounts.visitor import GOOD
from tests.portal.asked import ask, consult
from tests.portal.forum.talk import Talk
from tests.portal.people import log_in, member

READ = re.compile(r"args(?:\.get(?:list)?)?[(\[]\s*\"(\w+)\"|\"(\w+)\" (?:not )?in request\.args|name in \(([^)]*)\)")
COMMON = ("page", "size", "year", "next")
PAIRS = (("x' OR '1'='1", "x' OR '1'='2"), ("0 OR 11=11", "0 OR 11=12"), ('x" OR "a"="a', 'x" OR "a"="b'))
BREAKING = (
    "'",
    '"',
    "\\",
    "x'; DROP TABLE account; --",
    "x') UNION SELECT 1,2,3 --",
    "%' ESCAPE '",
    "1/**/OR/**/1",
    "];",
)
FILLED = ("x'; DROP TABLE account; --", "1' OR '1'='1", "http://[a", "²", "9" * 4500)
NEW = re.compile(r'name="csrf_token"[^>]*>|name="key"[^>]*>|name="draft\w*"[^>]*>|\d+(?:\.\d+)? ?ms')
"""What is new in each answer."""
TOLD = re.compile(
    r"syntax error|sqlite3\.|psycopg|OperationalError|ProgrammingError|no such column|Traceback", re.IGNORECASE
)
MACHINES = (
    *(
        "/search.json?q={}",
        "/catalogue/zhenjiang-stb/target.json?name={}",
        "/catalogue/zhenjiang-stb/target.csv?unit={}",
    ),
    *("/catalogue/zhenjiang-stb/target.json?_order={}", "/api/3/action/package_search?q={}", "/usage.json?_by={}"),
    *("/api/3/action/datastore_search?resource_id=zhenjiang-stb-target&q={}", "/api/3/action/package_show?id={}"),
    *("/api/3/action/datastore_search?resource_id=zhenjiang-stb-target&sort={}", "/data/zhenjiang-stb/target?name={}"),
    *("/data/zhenjiang-stb/target?_search={}", "/data/zhenjiang-stb/target?_sort={}", "/catalog?page={}"),
)
ENDS = ("logout", "leave", "logins/end", "/active")
"""Forms after which there is nobody left to send the others."""
ENDED = "/account/tf-validate"
"""So it is after this page, for who has not just given a password: it reads nothing but a code."""
KNOWN = {"kind": "letter"}


@pytest.fixture
def site_with_words(released: Published, site: Site, private: Private) -> Flask:
    """A site in which something stands wherever something may be asked for."""
    talk = Talk.over(released, site, private)
    talk.begin(talk.moderator, "标题", "正文")
    ask(private)
    consult(private)
    app = create_app(released, site, private)
    app.extensions["limits"] = Limits(dict.fromkeys(ALLOWED, "1000000/second"))
    return app


class _Kept(TestClient):
    """A client that stays who it is, whatever a page does to its session."""

    known = ""

    def look(self, path: str) -> Any:
        """Read a page as who was logged in at the beginning."""
        self.known = self.known or self.cookies["session"]
        self.cookies.clear()
        self.cookies.set("session", self.known, domain=self.base_url.host)
        return self.get(path)


@pytest.fixture
def client(released: Published, site: Site, private: Private, site_with_words: Flask) -> _Kept:
    """The whole site, as an administrator has it."""
    app = create(released, site, private)
    asking = _Kept(app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False)
    admin = member(private, "管事的人", ("member", "moderator", "editor", "admin"))
    with site_with_words.app_context(), private.storage.session() as session:
        session.get_one(User, admin.id).password = hash_password(GOOD)
    log_in(asking, private, admin)
    return asking


def asked(app: Flask) -> dict[str, str]:
    """Every address of every route that is read, `{}` where somebody may write: in its parts, or after a name."""
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static" or rule.rule == ENDED:
            continue
        values: dict[str, Any] = {
            a: 1 if "Integer" in type(rule._converters[a]).__name__ else KNOWN.get(a, "x") for a in rule.arguments
        }
        address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
        plain = re.sub(r"<(?:[^>]*:)?(\w+)>", lambda m, v=values: str(v[m[1]]), address)
        found[plain] = plain
        found |= {f"{plain}?{name}": f"{plain}?{name}={{}}" for name in names(app, rule.endpoint)}
        words = [a for a, value in values.items() if isinstance(value, str)]
        found |= {f"{address} {a}": _written(address, a, values) for a in words if f"<{a}>" in address}
    return {which: address for which, address in found.items() if "{}" in address}


def _written(address: str, argument: str, values: dict[str, Any]) -> str:
    written = address.replace(f"<{argument}>", "{}")
    return re.sub(r"<(?:[^>]*:)?(\w+)>", lambda m: str(values[m[1]]), written)


def names(app: Flask, endpoint: str) -> set[str]:
    """The names that the code of a view reads of a query, wherever in its room."""
    source = Path(inspect.getsourcefile(inspect.unwrap(app.view_functions[endpoint])) or "")
    rooms = [source] if source.parent.name in ("portal", "frame") else source.parent.glob("*.py")
    texts = "".join(f.read_text("utf-8") for f in rooms if "site-packages" not in f.parts)
    found = {n for match in READ.findall(texts) for part in match for n in re.findall(r"\w+", part)}
    return found | set(COMMON)


def test_there_is_much_to_ask(site_with_words: Flask) -> None:
    there = asked(site_with_words)
    assert len(there) > 250
    rooms = (
        "/search?q",
        "/forum/search?q",
        "/desk/people/?q",
        "/desk/log?by",
        "/account/login?next",
        "/targets/?state",
    )
    assert set(rooms) <= there.keys()


def test_row_45_whether_a_statement_would_be_true_or_false_makes_no_difference(
    client: _Kept, site_with_words: Flask
) -> None:
    wrong = {}
    for address in (*asked(site_with_words).values(), *MACHINES):
        pair = PAIRS[sum(address.encode()) % len(PAIRS)]
        one, other = (_page(client, address, words) for words in pair)
        if one != other or one[0] >= 500 or TOLD.search(one[1]):
            wrong[address] = (one[0], other[0], _apart(one[1], other[1]))
    assert wrong == {}


def _apart(one: str, other: str) -> tuple[str, str]:
    """Where two texts part."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return one[at - 60 : at + 60], other[at - 60 : at + 60]


def _page(client: _Kept, address: str, words: str) -> tuple[int, str]:
    """The answer, without the words that were asked for and what is new in each answer."""
    answer = client.look(address.replace("{}", quote(words, safe="")))
    text = entities.unescape(unquote(unquote(answer.headers.get("location", "") + answer.text)))
    told = text.replace("+", " ").replace('\\"', '"').replace(words, "…")
    return answer.status_code, NEW.sub("", told)


@pytest.mark.parametrize("words", BREAKING)
def test_row_45_no_sign_breaks_a_statement(client: _Kept, site_with_words: Flask, words: str) -> None:
    addresses = [a for n, a in enumerate((*asked(site_with_words).values(), *MACHINES)) if n % 4 == len(words) % 4]
    answers = {address: client.look(address.replace("{}", quote(words, safe=""))) for address in addresses}
    assert {a: r.status_code for a, r in answers.items() if r.status_code >= 500 or TOLD.search(r.text)} == {}


@pytest.mark.parametrize("words", FILLED, ids=range(len(FILLED)))
def test_row_45_every_field_of_every_form_is_kept_or_refused_as_words(
    client: _Kept, site_with_words: Flask, private: Private, words: str
) -> None:
    with private.storage.session() as session:
        before = session.scalar(select(func.count()).select_from(User))
    answers = {}
    for path in sorted(
        {a.partition("?")[0] for a in asked(site_with_words).values() if "{}" not in a.partition("?")[0]}
    ):
        page = client.look(path)
        if page.status_code == 200 and "<form" in page.text:
            for target, fields in _forms(page.text, path, words):
                answers[f"{path} {target}"] = client.post(target, data=fields)
    assert len(answers) > 20
    wrong = {a: r.status_code for a, r in answers.items() if r.status_code >= 500 or TOLD.search(r.text)}
    with private.storage.session() as session:
        after = session.scalar(select(func.count()).select_from(User))
    assert (wrong, after) == ({}, before)


def _forms(page: str, path: str, words: str) -> list[tuple[str, dict[str, str]]]:
    forms = html.document_fromstring(page).xpath("//form[@method='post']")
    found = [(f.get("action") or path, {n: _value(f, n, words) for n in f.fields if n}) for f in forms]
    return [(target, fields) for target, fields in found if not any(end in target for end in ENDS)]


def _value(form: Any, name: str, words: str) -> str:
    return str(form.fields[name]) if name == "csrf_token" else words
