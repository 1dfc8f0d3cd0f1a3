"""The session of the storage in which Flask-Security works, one a request: what is done with it is kept together."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.orm import Session, scoped_session


def sessions() -> scoped_session[Session]:
    """The session of this request."""
    found: scoped_session[Session] = current_app.extensions["people"]
    return found
