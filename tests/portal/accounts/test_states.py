"""Whatever state an account is in, no page of accounts breaks: its form may hold nothing, junk or what is right."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from flask_security import hash_password
from flask_security.change_email import _generate_token
from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token
from flask_wtf.csrf import generate_csrf
from passlib.totp import TOTP

from etl.site import Site
from portal.accounts.holding import SECOND_STEP
from portal.app import create_app
from portal.limits import ALLOWED, Limits
from portal.private import Private
from portal.published import Published
from portal.storage.clock import now
from portal.storage.people import User, WebAuthn
from tests.portal.access.asking import Jar, declared, path_of
from tests.portal.accounts.visitor import GOOD, private
from tests.portal.people import log_in, member

LINKS: dict[str, Callable[[User], str]] = {
    "security.reset_password": generate_reset_password_token,
    "security.confirm_email": generate_confirmation_token,
    "security.change_email_confirm": lambda user: _generate_token(user, "new@example.org"),
}
"""What letters hold the links to."""
FIELDS = (
    *("username", "email", "password", "password_confirm", "new_password", "new_password_confirm", "code", "setup"),
    *("help_setup", "which", "remember", "name", "usage", "generate_new_codes", "address", "row", "words", "do"),
)
SIGNS = "'\"><%00\\{{7*7}}\u202e"
JSON = '{"id": [1], "rawId": null, "response": {}, "type": "public-key"}'
FORMS = {
    "nothing": lambda user: {},
    "junk": lambda user: {**dict.fromkeys(FIELDS, SIGNS), "credential": JSON, "setup": "disable"},
    "what is right": lambda user: {
        **dict.fromkeys(FIELDS, GOOD),
        "username": user.username or "",
        "email": user.email,
        "setup": "authenticator",
        "name": "key",
    },
}
PASSWORD: dict[str, str] = {}
"""The hash of the password, made once."""


def _passkey(user: User) -> None:
    user.fs_webauthn_user_handle = f"handle-{user.id}"
    key = {"credential_id": b"x%d" % user.id, "public_key": b"y", "sign_count": 0, "transports": [], "extensions": "{}"}
    about = {"name": "key", "usage": "first", "backup_state": False, "device_type": "single_device"}
    user.webauthn.append(WebAuthn(lastuse_datetime=user.create_datetime, **key, **about))


def _codes(user: User) -> None:
    security: Any = current_app.extensions["security"]
    user.tf_primary_method, user.tf_totp_secret = "authenticator", security.totp_factory.generate_totp_secret()
    user.mf_recovery_codes = security.mf_recovery_codes_util._encrypt_codes([GOOD])


def _codes_of_another_secret(user: User) -> None:
    """As after a restore without the SECRET_KEY that was in the environment."""
    _codes(user)
    other = TOTP.using(secrets={"1": "another secret of another day"})
    user.tf_totp_secret, user.mf_recovery_codes = other.new().to_json(encrypt=True), ["not a code of ours"]


def _left(user: User) -> None:
    user.left_at, user.active, user.username, user.password = now(), False, None, None


def _no_password(user: User) -> None:
    user.password = None


STATES: dict[str, tuple[Callable[[User], Any], ...]] = {
    "as most": (),
    "without a password": (_no_password,),
    "unconfirmed": (lambda user: setattr(user, "confirmed_at", None),),
    "disabled": (lambda user: setattr(user, "active", False),),
    "with codes": (_codes,),
    "with codes of another secret": (_codes_of_another_secret,),
    "with a passkey": (_passkey,),
    "with a passkey alone": (_passkey, _no_password),
    "with codes and a passkey alone": (_codes, _passkey, _no_password),
    "left": (_left,),
}
GUESTS = ("nobody", "half in")
WITH_A_SECOND_FACTOR = [s for s, changes in STATES.items() if {_codes, _codes_of_another_secret, _passkey} & {*changes}]
CASES = [
    *((state, who) for state in STATES for who in ("nobody", "by the password")),
    *((state, who) for state in WITH_A_SECOND_FACTOR for who in ("half in", "with a second factor")),
]


@pytest.fixture
def open_app(published: Published, site: Site, private: Private) -> Flask:
    """The portal, where nobody tries too often."""
    app = create_app(published, site, private)
    app.extensions["limits"] = Limits(dict.fromkeys(ALLOWED, "1000000/second"))
    app.add_url_rule("/token-of-a-form", view_func=lambda: generate_csrf(), methods=["GET"], endpoint="token")
    app.view_functions["token"].access = frozenset({"everyone"})  # type: ignore[attr-defined]
    return app


@pytest.mark.parametrize(("state", "who"), CASES)
def test_no_page_of_accounts_breaks(open_app: Flask, state: str, who: str) -> None:
    broken, browser = {}, None
    for rule, endpoint, method, form in _asked(open_app, who):
        browser = browser or Browser.of(open_app, _account(open_app, state), who)
        status = browser.ask(rule, endpoint, method, form)
        if status >= 500:
            broken[f"{method} {rule} {form}"] = status
        if status // 100 == 3 and (method == "POST" or endpoint in (SECOND_STEP, *LINKS)):
            # Something was done, or the log-in ended: on with another such account.
            browser = None
    assert broken == {}


def _asked(app: Flask, who: str) -> Iterator[tuple[str, str, str, str]]:
    """Every route that such a person is let into with each method, and each form that is sent."""
    rules = [r for r in app.url_map.iter_rules() if r.rule.startswith("/account/")]
    assert len(rules) > 30
    if who in GUESTS:
        rules = [r for r in rules if {"everyone"} in declared()[r.rule].values()]
    for rule in rules:
        for method in sorted({"GET", "POST"} & set(rule.methods or ())):
            for form in FORMS if method == "POST" or rule.endpoint in LINKS else ["nothing"]:
                yield rule.rule, rule.endpoint, method, form


def _account(app: Flask, state: str) -> User:
    user = member(private(app), f"小林{secrets.token_hex(4)}", ("member",))
    with app.test_request_context(), private(app).storage.session() as session:
        kept = session.get_one(User, user.id)
        kept.password = PASSWORD.get("hash") or PASSWORD.setdefault("hash", hash_password(GOOD))
        for change in STATES[state]:
            change(kept)
    return kept


@dataclass(frozen=True)
class Browser:
    """An account at a browser, with the token of its forms."""

    app: Flask
    client: FlaskClient
    user: User
    token: str

    @staticmethod
    def of(app: Flask, user: User, who: str) -> Browser:
        client = app.test_client()
        if who == "half in":
            with client.session_transaction() as session:
                session["tf_state"], session["tf_user_id"] = "ready", user.fs_uniquifier
        elif who != "nobody":
            log_in(Jar(client), private(app), user, who == "with a second factor", app.extensions["site"])
            with client.session_transaction() as session:
                session["fs_paa"] = session["fs_cc"] = time.time()
        return Browser(app, client, user, client.get("/token-of-a-form").text)

    def ask(self, rule: str, endpoint: str, method: str, form: str) -> int:
        path = path_of(self.app, rule)
        if endpoint in LINKS and form == "what is right":
            with self.app.test_request_context():
                path = f"{path.rpartition('/')[0]}/{LINKS[endpoint](self.user)}"
        data = {"csrf_token": self.token, **FORMS[form](self.user)} if method == "POST" else None
        with self.client.open(path, method=method, data=data) as answer:
            return answer.status_code


def test_who_has_no_password_is_told_what_to_do(open_app: Flask) -> None:
    browser = Browser.of(open_app, _account(open_app, "with a passkey alone"), "with a second factor")
    assert "现在的密码" not in browser.client.get("/account/change").text
    answer = browser.client.post("/account/leave", data={"csrf_token": browser.token, "password": ""})
    assert (answer.status_code, "这个账号还没有密码" in answer.text) == (422, True)
