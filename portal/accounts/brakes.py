"""How often somebody may try: guessing is slow from one address, for one account and from many addresses together.

Nobody is locked out by others: a device from which the account was logged in before has a count of its own, a passkey
needs no password, and a new password can be had by mail.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, request, session
from flask_babel import gettext as _

from portal.access.current import person
from portal.accounts import devices
from portal.accounts.identities import find, typed
from portal.limits import address, allowed, too_often

Brake = Callable[[], None]


def install(app: Flask) -> None:
    """Check each form of accounts before its view."""
    app.before_request(_check)


def log_in() -> None:
    """A try with a password: counted by device where that is known, else by address, account and both."""
    given = request.form.get("username", "")
    user = find(given)
    account = f"account {user.id}" if user else f"name {typed(given)}"
    if user and devices.is_known(user.id):
        _take("login by device", account)
        return
    _take("login by address", address())
    _take("login by both", f"{address()} {account}")
    _take("login by account", account)


def of_address(name: str) -> Brake:
    """Counted by address."""
    return lambda: _take(name, address())


def second_step() -> None:
    """A code after the password: counted by the account that it is for."""
    user = person()
    _take("second step", str(user.id if user else session.get("tf_user_id", address())))


def _of_person() -> None:
    user = person()
    _take("account", str(user.id) if user else address())


def _take(name: str, key: str) -> None:
    if not allowed(name, key):
        raise too_often(
            _("试得太频繁了，请过一会儿再试。急用时可以从以前登录过的设备登录，或者用通行密钥登录。"), name, key
        )


BRAKES: dict[str, Brake] = {
    "security.login": log_in,
    "security.register": of_address("register"),
    "security.forgot_password": of_address("letters"),
    "security.send_confirmation": of_address("letters"),
    "security.reset_password": of_address("new password"),
    "security.wan_signin": of_address("passkey"),
    "security.wan_signin_response": of_address("passkey"),
    "security.two_factor_token_validation": second_step,
    "security.mf_recovery": second_step,
    "security.two_factor_setup_validate": second_step,
    "account.strengthen": second_step,
    "account.leave_now": _of_person,
    "security.verify": _of_person,
    "security.change_password": _of_person,
    "security.change_email": _of_person,
    "security.change_username": _of_person,
    "security.wan_register": _of_person,
    "security.wan_verify": _of_person,
    "security.wan_verify_response": _of_person,
}
"""The forms by which something could be guessed, filled or sent, each with what counts it."""


def _check() -> None:
    if request.method == "POST" and request.endpoint in BRAKES:
        BRAKES[request.endpoint]()
