"""Log-ins on record: a session is good only as long as its row is there, so that logging out ends it for good."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Flask, request, session
from flask_login import user_logged_out
from flask_security import naive_utcnow, user_authenticated
from flask_security.core import _user_loader
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, scoped_session

from portal.access.current import STRONG
from portal.accounts import devices
from portal.frame.language import language
from portal.storage.people import Login, User

KEY = "login"
SEEN_EVERY = timedelta(minutes=5)
"""How often it is noted that a log-in is in use."""
LONGEST, LONGEST_STRONG = timedelta(days=14), timedelta(hours=12)
"""How long a log-in lasts without use, and how long after a second factor it may be used for the staff's work."""
SECOND_STEPS = ("security.two_factor_token_validation", "security.mf_recovery")
"""Flask-Security's views that let in after a second factor; they do not say how."""


def install(app: Flask, sessions: scoped_session[Session]) -> None:
    """Begin a log-in where Flask-Security has let somebody in, look it up at each request, end it at log-out."""

    def begin(_app: Flask, user: User, authn_via: Sequence[str] | None = None, **_rest: Any) -> None:
        start(sessions, user, _is_strong(authn_via))

    user_authenticated.connect(begin, app, weak=False)
    user_logged_out.connect(lambda _app, **_: _end(sessions), app, weak=False)
    manager: Any = app.extensions["security"].login_manager
    manager.user_loader(lambda key: _load(sessions, key))
    # Tokens in a header or an address would let in without a log-in on record.
    manager.request_loader(lambda _request: None)


def start(sessions: scoped_session[Session], user: User, strong: bool) -> None:
    """Begin a log-in in place of the one that there was; the transaction in hand is kept with it."""
    _end(sessions)
    key, now = secrets.token_urlsafe(32), naive_utcnow()
    sessions.execute(delete(Login).where(Login.seen_at < now - LONGEST))
    device = (request.user_agent.string or "")[:200]
    sessions.add(Login(login_hash=_hash(key), user_id=user.id, begun_at=now, seen_at=now, device=device, strong=strong))
    session[KEY], session[STRONG] = key, strong
    user.language = language()
    # What was known of a guest's session is worth nothing from here on; two pages at once would each make a token.
    session["csrf_token"] = secrets.token_hex(20)
    session.permanent = True
    devices.remember(user.id)
    sessions.commit()


def end_all(sessions: scoped_session[Session], user_id: int, but: str | None = None) -> None:
    """Log an account out everywhere, or everywhere but in one log-in."""
    sessions.execute(delete(Login).where(Login.user_id == user_id, Login.login_hash != (but or "")))


def weaken_all(sessions: scoped_session[Session], user_id: int) -> None:
    """Let no log-in of an account count as one with a second factor any more."""
    sessions.execute(update(Login).where(Login.user_id == user_id).values(strong=False))


def of(sessions: scoped_session[Session], user_id: int) -> list[Login]:
    """The log-ins of an account, the one used last first."""
    alive = Login.seen_at > naive_utcnow() - LONGEST
    return list(sessions.scalars(select(Login).where(Login.user_id == user_id, alive).order_by(Login.seen_at.desc())))


def current() -> str:
    """The name on record of the log-in that makes the request."""
    return _hash(session.get(KEY, ""))


def _is_strong(authn_via: Sequence[str] | None) -> bool:
    """A passkey is asked for with the user's verification, so it is two factors in one; a password alone never is."""
    if authn_via == ["change"]:
        return bool(session.get(STRONG))
    return "webauthn" in (authn_via or ()) or (authn_via is None and request.endpoint in SECOND_STEPS)


def _load(sessions: scoped_session[Session], key: str) -> User | None:
    login, now = sessions.get(Login, current()), naive_utcnow()
    user: User | None = _user_loader(key)
    if login is None or user is None or login.user_id != user.id or now - login.seen_at > LONGEST:
        return None
    strong = login.strong and now - login.begun_at < LONGEST_STRONG
    if session.get(STRONG) != strong:
        session[STRONG] = strong
    if now - login.seen_at > SEEN_EVERY:
        login.seen_at, user.language = now, language()
        sessions.commit()
        # The browser keeps the cookie for as long as this log-in may go unused.
        session.modified = True
    return user


def _end(sessions: scoped_session[Session]) -> None:
    key = session.pop(KEY, None)
    session.pop(STRONG, None)
    if key:
        sessions.execute(delete(Login).where(Login.login_hash == _hash(key)))
        sessions.commit()


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
