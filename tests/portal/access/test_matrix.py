"""Row 40 of the threats: every route, asked by everyone who there is, with every method, against what is declared."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from flask import Flask, request
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from etl.site import Site
from portal.access.roles import ADMIN, EDITOR, MEMBER, MODERATOR, STAFF
from portal.app import create_app
from portal.limits import ALLOWED, Limits
from portal.private import Private
from portal.published import Published
from tests.portal.people import log_in, member

DECLARED = Path(__file__).parent / "routes.yaml"
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE")
REACHED = 299
"""What the view would have answered."""
ACTORS = {
    "guest": (),
    "member": (MEMBER,),
    **{f"{role}{how}": (MEMBER, role) for role in STAFF for how in ("", " without a second factor")},
}
ALL_METHODS = ("guest", "admin")
"""For these all methods are tried, for the others those that there are."""
Declared = dict[str, dict[str, frozenset[str]]]


def declared() -> Declared:
    """Who may call each route with each method."""
    read = yaml.safe_load(DECLARED.read_text("utf-8"))
    found: Declared = {}
    for who, routes in read.items():
        may = frozenset() if who == "nobody" else frozenset(who.split(", "))
        for rule, methods in routes.items():
            for method in methods.split():
                assert method not in found.setdefault(rule, {}), f"{method} {rule} is declared twice"
                found[rule][method] = may
    return found


@pytest.fixture
def app(published: Published, site: Site, private: Private) -> Flask:
    """The portal, whose views are not called: what is left is the way to them."""
    app = create_app(published, site, private)
    app.extensions["limits"] = Limits(dict.fromkeys(ALLOWED, "1000000/second"))
    app.register_error_handler(HTTPException, lambda error: ("", error.code, error.get_headers()))
    app.add_url_rule("/token-of-a-form", view_func=_token, methods=["GET"])
    app.view_functions["_token"].access = frozenset({"everyone"})  # type: ignore[attr-defined]
    app.before_request_funcs.setdefault(None, []).append(_reached)
    return app


def _token() -> str:
    return str(generate_csrf())


def _reached() -> Any:
    is_page = request.routing_exception is None and request.endpoint != "_token"
    return ("", REACHED) if is_page else None


def rules(app: Flask) -> dict[str, set[str]]:
    """The methods of each route."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        found.setdefault(rule.rule, set()).update(rule.methods or ())
    del found["/token-of-a-form"]
    return found


def test_every_route_is_declared_and_nothing_else(app: Flask) -> None:
    there = {rule: methods - {"HEAD", "OPTIONS"} for rule, methods in rules(app).items()}
    said = {rule: set(methods) for rule, methods in declared().items()}
    assert _differences(there, said) == {}


def _differences(there: dict[str, set[str]], said: dict[str, set[str]]) -> dict[str, tuple[Any, Any]]:
    return {r: (there.get(r), said.get(r)) for r in there.keys() | said.keys() if there.get(r) != said.get(r)}


@pytest.mark.parametrize("actor", ACTORS)
def test_row_40_who_may_call_what_is_what_is_declared(app: Flask, private: Private, actor: str) -> None:
    client, token = _client(app, private, actor)
    asked = [(rule, method) for rule in rules(app) for method in METHODS[: None if actor in ALL_METHODS else 2]]
    said, paths = declared(), {rule: _path(app, rule) for rule, _ in asked}
    answers = {f"{method} {rule}": _answer(client, paths[rule], method, token) for rule, method in asked}
    assert answers == {f"{method} {rule}": _expected(app, said, paths[rule], method, actor) for rule, method in asked}


def _client(app: Flask, private: Private, actor: str) -> tuple[FlaskClient, str]:
    client = app.test_client()
    if ACTORS[actor]:
        user = member(private, f"{actor}{secrets.token_hex(2)}", ACTORS[actor])
        log_in(_Jar(client), private, user, strong="without" not in actor)
    return client, client.get("/token-of-a-form").text


class _Jar:
    """The cookies of Flask's client, as the others have them."""

    base_url = httpx.URL("http://localhost")

    def __init__(self, client: FlaskClient) -> None:
        self.cookies, self._client = self, client

    def set(self, name: str, value: str, domain: str) -> None:
        self._client.set_cookie(name, value)


def _answer(client: FlaskClient, path: str, method: str, token: str) -> str:
    with client.open(path, method=method, headers={"X-CSRFToken": token}) as answer:
        where = answer.headers.get("Location", "")
        return {REACHED: "lets in", 405: "no such method"}.get(answer.status_code, _refusal(answer.status_code, where))


def _refusal(status: int, where: str) -> str:
    if status == 303:
        return "asks to log in" if where.startswith("/account/login") else f"leads to {where.partition('?')[0]}"
    return {403: "refuses", 404: "hides"}.get(status, f"answers {status}")


def _path(app: Flask, rule: str) -> str:
    """An address that the route takes."""
    found = next(r for r in app.url_map.iter_rules() if r.rule == rule)
    values: dict[str, Any] = dict.fromkeys(found.arguments, "x") | {"form": "json"}
    numbers = {name: 1 for name in found.arguments if found._converters[name].__class__.__name__ == "IntegerConverter"}
    return app.url_map.bind("localhost").build(found.endpoint, {**values, **numbers}, append_unknown=False)


def _expected(app: Flask, said: Declared, path: str, method: str, actor: str) -> str:
    try:
        # Another route may take what this one does not, as the pages of rows do.
        rule, _ = app.url_map.bind("localhost").match(path, method, return_rule=True)
    except MethodNotAllowed:
        return "no such method"
    return _due(said[rule.rule]["GET" if method == "HEAD" else method], actor)


def _due(may: frozenset[str], actor: str) -> str:
    mine = set(ACTORS[actor])
    if "everyone" in may:
        return "lets in"
    if not may:
        return "hides"
    if not mine:
        return "asks to log in"
    if not may & mine and ADMIN not in mine:
        return "refuses"
    if MEMBER not in may and "without" in actor:
        return "leads to /account/second-factor"
    return "lets in"


def test_a_new_view_is_closed_to_everybody_until_it_is_declared(app: Flask, private: Private) -> None:
    app.add_url_rule("/brand-new", view_func=lambda: "", methods=["GET", "POST"], endpoint="brand_new")
    for actor in ACTORS:
        client, token = _client(app, private, actor)
        assert [_answer(client, "/brand-new", method, token) for method in ("GET", "POST")] == ["hides"] * 2
    assert _differences({"/brand-new": {"GET"}}, {}) != {}


def test_the_roles_are_those_that_the_table_speaks_of() -> None:
    named = {who for routes in declared().values() for may in routes.values() for who in may}
    assert named == {"everyone", MEMBER, MODERATOR, EDITOR, ADMIN}
