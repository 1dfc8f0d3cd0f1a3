"""What a password alone may not do: change how somebody with a second factor shows who they are."""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access.current import is_strong, person
from portal.storage.people import User

HELD = (
    "account.export",
    "account.leave",
    "account.leave_now",
    "security.change_email",
    "security.mf_recovery_codes",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.wan_delete",
    "security.wan_register",
    "security.wan_register_response",
)


def install(app: Flask) -> None:
    """Ask for the second factor before these views."""
    app.before_request(_check)


def has_second_factor(user: User) -> bool:
    """Whether somebody has an authenticator app or a passkey."""
    return bool(user.tf_primary_method or user.webauthn)


def _check() -> Response | None:
    if request.endpoint not in HELD:
        return None
    user = person()
    if user is None or is_strong() or not has_second_factor(user):
        return None
    return redirect(url_for("account.second_factor"), 303)
