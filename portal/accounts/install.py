"""Puts Flask-Security into the app, with this site's settings, forms, messages and session."""

from __future__ import annotations

from flask import Flask
from flask_security import Security, SQLAlchemySessionUserDatastore
from sqlalchemy.orm import scoped_session

from etl.site import Site
from portal.accounts import logins
from portal.accounts.settings import settings
from portal.private import Private
from portal.storage.people import Role, User, WebAuthn


def install(app: Flask, site: Site, private: Private) -> None:
    """Give the app accounts."""
    app.config |= settings(site, private.secret)
    sessions = scoped_session(private.storage.sessions)
    datastore = SQLAlchemySessionUserDatastore(sessions, User, Role, WebAuthn)
    Security(app, datastore)
    logins.install(app, sessions)
    app.extensions["people"] = sessions
    app.teardown_appcontext(lambda _error: sessions.remove())
