"""Ways to every view: each route, as everyone who there is would ask it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import httpx
import yaml
from flask import Flask, request
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException

from etl.site import Site
from portal.access.roles import MEMBER, STAFF
from portal.app import create_app
from portal.limits import ALLOWED, Limits
from portal.private import Private
from portal.published import Published
from tests.portal.people import log_in, member

DECLARED = Path(__file__).parent / "routes.yaml"
REACHED = 299
"""What the view would have answered."""
ACTORS = {
    "guest": (),
    "member": (MEMBER,),
    **{f"{role}{how}": (MEMBER, role) for role in STAFF for how in ("", " without a second factor")},
}
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


def without_views(published: Published, site: Site, private: Private) -> Flask:
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


def client_of(app: Flask, private: Private, actor: str) -> tuple[FlaskClient, str]:
    """A client as one of the actors has it, and the token of its forms."""
    client = app.test_client()
    if ACTORS[actor]:
        user = member(private, f"{actor}{secrets.token_hex(2)}", ACTORS[actor])
        log_in(Jar(client), private, user, strong="without" not in actor)
    return client, client.get("/token-of-a-form").text


class Jar:
    """The cookies of Flask's client, as the others have them."""

    base_url = httpx.URL("http://localhost")

    def __init__(self, client: FlaskClient) -> None:
        self.cookies, self._client = self, client

    def set(self, name: str, value: str, domain: str) -> None:
        self._client.set_cookie(name, value)


def path_of(app: Flask, rule: str, number: int = 1) -> str:
    """An address that the route takes."""
    found = next(r for r in app.url_map.iter_rules() if r.rule == rule)
    values: dict[str, Any] = dict.fromkeys(found.arguments, "x") | {"form": "json"}
    numbers = dict.fromkeys((n for n in found.arguments if _is_number(found, n)), number)
    return app.url_map.bind("localhost").build(found.endpoint, {**values, **numbers}, append_unknown=False)


def _is_number(rule: Any, name: str) -> bool:
    return type(rule._converters[name]).__name__ == "IntegerConverter"
