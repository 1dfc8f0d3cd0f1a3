"""Log-ins on record: a session is good only as long as its row is there, so that logging out ends it for good."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, request, session
from flask_login import user_logged_out
from flask_security import naive_utcnow, user_authenticated
from flask_security.core import _user_loader
from sqlalchemy import delete
from sqlalchemy.orm import Session, scoped_session

from portal.access.current import STRONG
from portal.storage.people import Login, User

KEY = "login"
SEEN_EVERY = timedelta(minutes=5)
"""How often it is noted that a log-in is in use."""
SECOND_FACTORS = {"authenticator", "webauthn", "recovery"}


def install(app: Flask, sessions: scoped_session[Session]) -> None:
    """Begin a log-in where Flask-Security has let somebody in, look it up at each request, end it at log-out."""
    user_authenticated.connect(lambda _app, user, **how: _begin(sessions, user, how), app, weak=False)
    user_logged_out.connect(lambda _app, **_: _end(sessions), app, weak=False)
    app.login_manager.user_loader(lambda key: _load(sessions, key))  # type: ignore[attr-defined]


def end_all(sessions: scoped_session[Session], user_id: int) -> None:
    """Log an account out everywhere."""
    sessions.execute(delete(Login).where(Login.user_id == user_id))


def _begin(sessions: scoped_session[Session], user: User, how: dict[str, Any]) -> None:
    _end(sessions)
    key, now = secrets.token_urlsafe(32), naive_utcnow()
    strong = bool(SECOND_FACTORS & set(how.get("authn_via") or ()))
    device = (request.user_agent.string or "")[:200]
    sessions.add(Login(login_hash=_hash(key), user_id=user.id, begun_at=now, seen_at=now, device=device, strong=strong))
    session[KEY], session[STRONG] = key, strong
    # What was known of a guest's session is worth nothing from here on.
    session.pop("csrf_token", None)
    session.permanent = True
    sessions.commit()


def _load(sessions: scoped_session[Session], key: str) -> User | None:
    login = sessions.get(Login, _hash(session.get(KEY, "")))
    user: User | None = _user_loader(key)
    if login is None or user is None or login.user_id != user.id:
        return None
    if naive_utcnow() - login.seen_at > SEEN_EVERY:
        login.seen_at = naive_utcnow()
        sessions.commit()
    return user


def _end(sessions: scoped_session[Session]) -> None:
    key = session.pop(KEY, None)
    session.pop(STRONG, None)
    if key:
        sessions.execute(delete(Login).where(Login.login_hash == _hash(key)))
        sessions.commit()


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
