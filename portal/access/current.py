"""Whoever makes the request."""

from __future__ import annotations

from flask import abort, current_app, g, request, session
from flask_security import current_user
from flask_security.core import AnonymousUser

from portal.storage.failing import FAILURES
from portal.storage.people import User

STRONG = "strong"
"""The mark in a session that a second factor or a passkey was shown."""


def person() -> User | None:
    """The account that the request is made with; None for guests."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def my_id() -> int:
    """The account's number, in views that guests are not let into."""
    who = person()
    return int(who.id) if who else abort(403)


def known() -> User | None:
    """The same, without a look at the session of who has none: for pages that everybody may read."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return None
    try:
        return person()
    except FAILURES:
        # Who asks can't be looked up now: the page is shown as to a guest.
        g._login_user = AnonymousUser()
        return None


def roles() -> frozenset[str]:
    """The roles of whoever makes the request."""
    who = person()
    return frozenset(r.name for r in who.roles) if who else frozenset()


def is_strong() -> bool:
    """Whether a second factor or a passkey was shown in this session."""
    return bool(session.get(STRONG))
