"""Rows 28 and 32 of the threats: no form is taken from elsewhere, and none with what no text holds."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask
from starlette.testclient import TestClient

from portal.private import Private
from portal.storage.queries import count
from tests.portal.access.asking import ACTORS, REACHED, client_of, declared, path_of
from tests.portal.people import log_in, member, token_of

TOKENLESS = {"/q/", "/forum/unsubscribe/<token>"}
"""Of these the first is on pages that are the same for everybody, the second is let in by its address: no session."""
HERE = "http://localhost"


def forms(app: Flask) -> dict[str, tuple[str, str]]:
    """The address of each form, and somebody who may send it."""
    found = {}
    for rule, methods in declared().items():
        may = methods.get("POST")
        if may:
            found[path_of(app, rule)] = (
                next(a for a in ("guest", *ACTORS) if "everyone" in may or may & set(ACTORS[a])),
                rule,
            )
    return found


def answers(app: Flask, private: Private, headers: dict[str, str], token: str | None = None) -> dict[str, int]:
    """What each form is answered, sent by who may."""
    clients = {actor: client_of(app, private, actor) for actor in ACTORS}
    found = {}
    for path, (actor, rule) in forms(app).items():
        client, own = clients[actor]
        sent = {"X-CSRFToken": own if token is None else token, **headers}
        found[rule] = client.post(path, headers=sent, base_url=HERE).status_code
    return found


def test_row_32_every_form_is_taken_with_its_token(app: Flask, private: Private) -> None:
    assert set(answers(app, private, {}).values()) == {REACHED}
    assert set(answers(app, private, {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}).values()) == {REACHED}


@pytest.mark.parametrize("token", ["", "x", "IjEyMyI.aSQ0Zg.abcdefghijklmnopqrstuvwxyz1"])
def test_row_32_no_form_is_taken_without_its_token(app: Flask, private: Private, token: str) -> None:
    refused = answers(app, private, {}, token)
    assert {rule: status for rule, status in refused.items() if status != 400} == dict.fromkeys(TOKENLESS, REACHED)


def test_row_32_the_token_of_another_session_is_worth_nothing(app: Flask, private: Private) -> None:
    _, foreign = client_of(app, private, "member")
    refused = answers(app, private, {}, foreign)
    assert {rule: status for rule, status in refused.items() if status != 400} == dict.fromkeys(TOKENLESS, REACHED)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[a"},
        {"Origin": "http://localhost]"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://evil.example:80@localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_row_32_no_form_is_taken_from_elsewhere_even_with_its_token(
    app: Flask, private: Private, headers: dict[str, str]
) -> None:
    assert set(answers(app, private, headers).values()) == {403}


def test_row_28_a_null_character_is_refused_in_words(any_client: TestClient, any_private: Private) -> None:
    log_in(any_client, any_private, member(any_private, "管事的人", ("admin",)))
    lin = member(any_private, "小林")
    page = f"/desk/people/{lin.id}"
    form = {"csrf_token": token_of(any_client, page), "role": "editor", "reason": "a\0b"}
    answer = any_client.post(f"{page}/roles", data=form)
    assert (answer.status_code, "空字符" in answer.text) == (400, True)
    assert any_client.post("/q/", data={"collection": "zhenjiang-stb", "sql": "select '\0'"}).status_code == 400
    with any_private.storage.session() as session:
        assert count(session) == 0


@pytest.mark.parametrize(
    "sent", ["\x01\x1b[31m", "\u202e\u200b", "\ud7ff\ufffe", "𠀋" * 200, "'; drop table account; --", "%00", "{{7*7}}"]
)
def test_row_28_any_other_sign_is_kept_or_refused_and_fails_nothing(
    any_client: TestClient, any_private: Private, sent: str
) -> None:
    log_in(any_client, any_private, member(any_private, "管事的人", ("admin",)))
    lin = member(any_private, "小林")
    page = f"/desk/people/{lin.id}"
    form = {"csrf_token": token_of(any_client, page), "role": "editor", "reason": sent}
    assert any_client.post(f"{page}/roles", data=form).status_code == 303
    for path in (page, "/desk/log", f"/desk/people/?q={quote(sent)}", f"/desk/log?by={quote(sent)}"):
        assert any_client.get(path).status_code in (200, 400)
    assert "49" not in any_client.get("/desk/log").text or "{{7*7}}" in any_client.get("/desk/log").text
