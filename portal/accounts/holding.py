"""What is held up: changes by a password alone where there is a second factor, and second steps that nobody began."""

from __future__ import annotations

from functools import wraps
from typing import Any

from flask import Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue, RouteCallable
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


SECOND_STEP = "security.two_factor_token_validation"


def install(app: Flask) -> None:
    """Ask for the second factor before these views."""
    app.before_request(_check)


def keep_in_turn(app: Flask) -> None:
    """Show the second step of a log-in, which is in the app by now, to nobody who is not at it."""
    app.view_functions[SECOND_STEP] = _in_turn(app.view_functions[SECOND_STEP])


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


def _in_turn(view: RouteCallable) -> RouteCallable:
    """The library ends the log-in of a member who comes here out of turn: a link in a post could log people out."""

    @wraps(view)
    def ask(*args: Any, **values: Any) -> ResponseReturnValue:
        if person() is None or session.get("tf_state") == "validating_profile":
            return view(*args, **values)  # type: ignore[return-value]
        return redirect(url_for("account.second_factor"), 303)

    return ask
