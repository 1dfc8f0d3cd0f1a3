"""Puts Flask-Security into the app, with this site's settings, forms, messages and session."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, current_app, request
from flask_babel import gettext as _
from flask_security import Security, SQLAlchemySessionUserDatastore
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session
from werkzeug.exceptions import Conflict

from etl.site import Site
from portal.accounts import brakes, effects, forms, holding, logins, records, returning, step_forms
from portal.accounts.codes import Codes
from portal.accounts.letters import Letters, link
from portal.accounts.names import Names
from portal.accounts.passkeys import Passkeys
from portal.accounts.passwords import Passwords
from portal.accounts.people import sessions
from portal.accounts.settings import settings
from portal.private import Private
from portal.storage.people import Role, User, WebAuthn

FORMS = {
    "login_form": forms.LogIn,
    "register_form": forms.Register,
    "change_username_form": forms.ChangeName,
    "change_email_form": forms.ChangeMail,
    "forgot_password_form": forms.Forgot,
    "send_confirmation_form": forms.SendConfirmation,
    "two_factor_setup_form": step_forms.SetUp,
    "two_factor_rescue_form": step_forms.WayOut,
    "wan_register_form": step_forms.AddPasskey,
    "wan_signin_form": step_forms.PasskeySignIn,
    "wan_signin_response_form": step_forms.PasskeyAnswer,
}
WAYS = {
    "mail_util_cls": Letters,
    "password_util_cls": Passwords,
    "username_util_cls": Names,
    "totp_cls": Codes,
    "webauthn_util_cls": Passkeys,
}


def install(app: Flask, site: Site, private: Private) -> None:
    """Give the app accounts."""
    app.config |= settings(site, private.secret)
    app.extensions["people"] = opened = scoped_session(private.storage.sessions)
    app.before_request(_only_forms)
    app.register_error_handler(IntegrityError, _at_once)
    returning.install(app)
    brakes.install(app)
    holding.install(app)
    _security(app, SQLAlchemySessionUserDatastore(opened, User, Role, WebAuthn))
    holding.keep_in_turn(app)
    logins.install(app, opened)
    records.install(app)
    effects.install(app)
    app.teardown_appcontext(lambda _error: opened.remove())


def _security(app: Flask, datastore: SQLAlchemySessionUserDatastore) -> None:
    security: Any = Security(app, datastore, **FORMS, **WAYS)
    # What it says is looked up where all our texts are.
    security.i18n_domain = app.extensions["babel"].instance.domain_instance
    app.jinja_env.globals["_fsdomain"] = security.i18n_domain.gettext
    security.want_json(lambda _request: False)
    security.mail_context_processor(lambda: {"link": link})


def _at_once(error: IntegrityError) -> Any:
    """Two people took the same name or address at the same moment: the database let one of them have it."""
    if request.blueprint not in ("security", "account"):
        raise error
    sessions().rollback()
    return current_app.handle_http_exception(Conflict(_("有人刚刚提交了同样的内容。请退回上一页再试一次。")))


def _only_forms() -> None:
    """Views of accounts answer people: what programs could ask of Flask-Security is not offered."""
    if request.blueprint == "security" and request.is_json:
        abort(415)
