"""A second factor that is shown after the password, in a log-in that there is already."""

from __future__ import annotations

from flask import current_app

from portal.accounts import logins, records
from portal.accounts.people import sessions
from portal.storage.people import User


def strengthen(user: User, code: str) -> bool:
    """Begin a log-in with a second factor in place of this one, where the code is right."""
    if not user.tf_totp_secret:
        return False
    window = current_app.config["SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY"]
    totp = current_app.extensions["security"].totp_factory
    right = bool(totp.verify_totp(token=code.strip(), totp_secret=user.tf_totp_secret, user=user, window=window))
    if right:
        logins.start(sessions(), user, strong=True)
        records.done(user, "account.second_step")
    else:
        records.done(user, "account.second_step_failed", "code")
    return right
