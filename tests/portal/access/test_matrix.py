"""Row 40 of the threats: every route, asked by everyone who there is, with every method, against what is declared."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed

from portal.access.roles import ADMIN, EDITOR, MEMBER, MODERATOR
from portal.private import Private
from tests.portal.access.asking import ACTORS, REACHED, Declared, client_of, declared, path_of, rules

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE")
ALL_METHODS = ("guest", "admin")
"""For these all methods are tried, for the others those that there are."""


def test_every_route_is_declared_and_nothing_else(app: Flask) -> None:
    there = {rule: methods - {"HEAD", "OPTIONS"} for rule, methods in rules(app).items()}
    said = {rule: set(methods) for rule, methods in declared().items()}
    assert _differences(there, said) == {}


def _differences(there: dict[str, set[str]], said: dict[str, set[str]]) -> dict[str, tuple[Any, Any]]:
    return {r: (there.get(r), said.get(r)) for r in there.keys() | said.keys() if there.get(r) != said.get(r)}


@pytest.mark.parametrize("actor", ACTORS)
def test_row_40_who_may_call_what_is_what_is_declared(app: Flask, private: Private, actor: str) -> None:
    client, token = client_of(app, private, actor)
    asked = [(rule, method) for rule in rules(app) for method in METHODS[: None if actor in ALL_METHODS else 2]]
    said, paths = declared(), {rule: path_of(app, rule) for rule, _ in asked}
    answers = {f"{method} {rule}": _answer(client, paths[rule], method, token) for rule, method in asked}
    assert answers == {f"{method} {rule}": _expected(app, said, paths[rule], method, actor) for rule, method in asked}


def _answer(client: FlaskClient, path: str, method: str, token: str) -> str:
    with client.open(path, method=method, headers={"X-CSRFToken": token}) as answer:
        where = answer.headers.get("Location", "")
        return {REACHED: "lets in", 405: "no such method"}.get(answer.status_code, _refusal(answer.status_code, where))


def _refusal(status: int, where: str) -> str:
    if status == 303:
        return "asks to log in" if where.startswith("/account/login") else f"leads to {where.partition('?')[0]}"
    return {403: "refuses", 404: "hides"}.get(status, f"answers {status}")


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
        client, token = client_of(app, private, actor)
        assert [_answer(client, "/brand-new", method, token) for method in ("GET", "POST")] == ["hides"] * 2
    assert _differences({"/brand-new": {"GET"}}, {}) != {}


def test_the_roles_are_those_that_the_table_speaks_of() -> None:
    named = {who for routes in declared().values() for may in routes.values() for who in may}
    assert named == {"everyone", MEMBER, MODERATOR, EDITOR, ADMIN}
