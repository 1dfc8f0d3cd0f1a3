"""Somebody at a browser, and the letter box of everybody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from passlib.totp import TOTP
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from portal.private import Private
from portal.storage.mail import Message
from portal.storage.people import Audit, User

SITE = "http://127.0.0.1:8000"
GOOD = "三月的雨落在旧瓦上"
OTHER = "六月的风吹过新麦田"


@dataclass
class Visitor:
    """A browser with its own cookies at an address of its own."""

    app: Flask
    address: str = "192.0.2.1"
    agent: str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
    site: str = SITE
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **self._as_browser(), **options)

    def post(self, path: str, at: str | None = None, **fields: str) -> TestResponse:
        """Send a form that stands at a path, by default where it is sent to."""
        token = self.token(at or path)
        options = self._as_browser()
        options["headers"] |= {"Origin": self.site, "Sec-Fetch-Site": "same-origin"}
        return self.client.post(path, data={"csrf_token": token, **fields}, **options)

    def token(self, path: str) -> str:
        page = html.document_fromstring(self.get(path).text)
        return str(page.xpath("//input[@name='csrf_token']/@value")[0])

    def told(self, path: str) -> list[str]:
        """What a page tells at its top."""
        return told(self.get(path))

    def register(self, name: str, mail: str, password: str = GOOD) -> TestResponse:
        fields = {"username": name, "email": mail, "password": password, "password_confirm": password}
        return self.post("/account/register", **fields)

    def log_in(self, who: str, password: str = GOOD) -> TestResponse:
        return self.post("/account/login", username=who, password=password)

    def log_out(self) -> TestResponse:
        return self.post("/account/logout", at="/account/")

    def is_in(self) -> bool:
        return self.get("/account/").status_code == 200

    def join(self, name: str, mail: str, password: str = GOOD) -> Visitor:
        """Register, confirm and log in."""
        self.register(name, mail, password)
        self.open_link("confirm")
        assert self.log_in(name, password).status_code == 302
        return self

    def open_link(self, what: str) -> TestResponse:
        """Open the link of the last letter."""
        return self.get(self.link(what))

    def link(self, what: str) -> str:
        found = re.search(rf"{SITE}(\S*/account/{what}\S*/\S+)", letters(self.app)[-1].body_text)
        assert found, what
        return found[1]

    def set_up_codes(self) -> TOTP:
        """Set up an authenticator app, which is given back."""
        page = html.document_fromstring(self.post("/account/tf-setup", setup="authenticator").text)
        app = TOTP(page.xpath("//dt[.='密钥']/../dd/code/text()")[0].replace("-", ""))
        path = page.xpath("//form[contains(@action, '/account/tf-setup/')]/@action")[0]
        assert self.post(path, at="/account/tf-setup", code=app.generate().token).status_code == 302
        return app

    def _as_browser(self) -> dict[str, Any]:
        seen_from = {"REMOTE_ADDR": self.address, "HTTP_USER_AGENT": self.agent}
        return {"base_url": self.site, "environ_base": seen_from, "headers": {}}


def told(answer: TestResponse) -> list[str]:
    """What a page says of a form: at its top and beside its fields."""
    page = html.document_fromstring(answer.text)
    found = page.xpath("//*[contains(' caution verdict wrong ', concat(' ', @class, ' '))][not(@hidden)]")
    return [p.text_content().strip() for p in found if not p.xpath("ancestor::noscript")]


def letters(app: Flask) -> list[Message]:
    """What waits to be sent."""
    with private(app).storage.session() as session:
        return list(session.scalars(select(Message).order_by(Message.message_id)))


def take_letters(app: Flask) -> list[Message]:
    """What waits to be sent, taken out."""
    found = letters(app)
    with private(app).storage.session() as session:
        session.execute(delete(Message))
    return found


def actions(app: Flask) -> list[tuple[int | None, str, str, str]]:
    """The audit log."""
    with private(app).storage.session() as session:
        return [
            (a.user_id, a.action, a.about, a.detail) for a in session.scalars(select(Audit).order_by(Audit.audit_id))
        ]


def account(app: Flask, name: str) -> User:
    with private(app).storage.session() as session:
        found = session.scalars(select(User).where(User.username == name)).unique().one()
        session.expunge_all()
        return found


def private(app: Flask) -> Private:
    found: Private = app.extensions["private"]
    return found
