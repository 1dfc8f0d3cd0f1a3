"""What is done with accounts, as the log keeps it: never a password, a token or a mail address."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_login import user_logged_out
from flask_security import (
    change_email_confirmed,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_confirmed,
    user_failed_authn,
    user_not_registered,
    user_registered,
    username_changed,
    wan_deleted,
    wan_registered,
)

from portal import audit
from portal.accounts.people import sessions
from portal.storage.people import User

WHAT = {
    user_registered: "account.register",
    user_not_registered: "account.register_again",
    user_confirmed: "account.confirm",
    user_authenticated: "account.login",
    user_logged_out: "account.logout",
    password_reset: "account.reset",
    password_changed: "account.password",
    change_email_confirmed: "account.mail",
    username_changed: "account.name",
    tf_profile_changed: "second_factor.on",
    tf_disabled: "second_factor.off",
    wan_registered: "passkey.add",
    wan_deleted: "passkey.remove",
}
"""Flask-Security's signals, and what they are called in the log."""
BY_ANYBODY = ("account.register_again",)
"""What is done to an account by somebody who need not be its owner."""


def install(app: Flask) -> None:
    """Note each of them."""
    for signal, action in WHAT.items():
        signal.connect(_noting(action), app, weak=False)
    user_failed_authn.connect(_second_step_failed, app, weak=False)


def done(user: User | None, action: str, detail: str = "") -> None:
    """Note what was done with an account, and keep it."""
    session = sessions()()
    session.flush()
    about = audit.account(user.id) if user else ""
    by = None if user is None or action in BY_ANYBODY else user.id
    audit.note(session, by, action, about, detail)
    session.commit()


def failed(user: User | None) -> None:
    """Note a log-in that failed, alike for those who are known and who are not."""
    session = sessions()()
    audit.note(session, None, "account.login_failed", audit.account(user.id) if user else "")
    session.commit()


def _noting(action: str) -> Any:
    def note(_app: Flask, user: User | None = None, **_rest: Any) -> None:
        # Who opens a link from a letter is logged out first, whether logged in or not.
        if user is None or user.is_authenticated or action != "account.logout":
            done(user, action)

    return note


def _second_step_failed(_app: Flask, user: User, auth_type: str, **_rest: Any) -> None:
    """The log-in form notes its own failures, also of those who are not known."""
    if request.endpoint != "security.login":
        done(user, "account.second_step_failed", auth_type)
