"""People for tests: accounts with roles, and clients that are logged in as they are."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from sqlalchemy.orm import Session

from etl.places import ROOT
from etl.site import Site, load_site
from portal.access.current import STRONG
from portal.accounts.logins import KEY, _hash
from portal.accounts.settings import settings
from portal.private import Private
from portal.storage.clock import now
from portal.storage.people import Login, Role, User

_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"|value="([^"]+)"[^>]* name="csrf_token"')


def member(private: Private, name: str, roles: tuple[str, ...] = (), confirmed: bool = True) -> User:
    """An account without a password."""
    with private.storage.session() as session:
        user = User(
            username=name,
            email=f"{secrets.token_hex(4)}@people.example.org",
            active=True,
            fs_uniquifier=secrets.token_hex(16),
            confirmed_at=now() if confirmed else None,
        )
        user.roles = [_role(session, role) for role in roles]
        session.add(user)
    return user


def log_in(client: Any, private: Private, user: User, strong: bool = True, site: Site | None = None) -> None:
    """Let a client be logged in, with a second factor or without."""
    key = secrets.token_urlsafe(32)
    with private.storage.session() as session:
        login = {"user_id": user.id, "begun_at": now(), "seen_at": now(), "device": "test", "strong": strong}
        session.add(Login(login_hash=_hash(key), **login))
    kept = {"_user_id": user.fs_uniquifier, "_fresh": True, KEY: key, STRONG: strong, "_permanent": True}
    app = Flask(__name__)
    app.secret_key = settings(site or load_site(ROOT / "metadata.yml"), private.secret)["SECRET_KEY"]
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    # With the host named as the answer names it, or the client would send two.
    client.cookies.set("session", serializer.dumps(kept), domain=client.base_url.host)


def log_out(client: Any) -> None:
    """A guest again, without any cookie."""
    client.cookies.clear()


def token_of(client: Any, path: str) -> str:
    """The token of the forms on a page."""
    page = client.get(path).text
    found = _TOKEN.search(page)
    assert found, f"no form on {path}"
    return found[1] or found[2]


def send(client: Any, path: str, data: dict[str, str] | None = None, page: str | None = None) -> Any:
    """Send a form as its page would: with its token."""
    return client.post(path, data={"csrf_token": token_of(client, page or path), **(data or {})})


def _role(session: Session, name: str) -> Role:
    found = session.scalar(select(Role).where(Role.name == name))
    if found is None:
        found = Role(name=name)
        session.add(found)
    return found
