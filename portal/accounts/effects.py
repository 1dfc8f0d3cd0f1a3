"""What follows from a change of an account: log-ins that end or lose their strength, an address that is told of it."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template
from flask_babel import gettext as _
from flask_security import (
    change_email_confirmed,
    naive_utcnow,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    wan_registered,
)

from portal import mail
from portal.accounts import logins
from portal.accounts.people import sessions
from portal.storage.people import User


def install(app: Flask) -> None:
    """Let these follow."""
    for signal, effect in (
        (password_reset, _after_reset),
        (password_changed, _after_change),
        (tf_profile_changed, _after_setting_up),
        (wan_registered, _after_setting_up),
        (tf_disabled, _after_disabling),
        (change_email_confirmed, _after_other_mail),
    ):
        signal.connect(effect, app, weak=False)


def _after_reset(_app: Flask, user: User, **_rest: Any) -> None:
    """Who reset the password by mail has shown whose address it is; all log-ins end."""
    user.confirmed_at = user.confirmed_at or naive_utcnow()
    logins.end_all(sessions(), user.id)
    sessions().commit()


def _after_change(_app: Flask, user: User, **_rest: Any) -> None:
    logins.end_all(sessions(), user.id, but=logins.current())
    sessions().commit()


def _after_setting_up(_app: Flask, user: User, **_rest: Any) -> None:
    """The code or the passkey was shown just now, and the password not long ago."""
    logins.start(sessions(), user, strong=True)


def _after_disabling(_app: Flask, user: User, **_rest: Any) -> None:
    user.mf_recovery_codes = None
    logins.weaken_all(sessions(), user.id)
    sessions().commit()


def _after_other_mail(_app: Flask, user: User, old_email: str, **_rest: Any) -> None:
    """The old address is told, in case it was not its owner who asked."""
    body = render_template("security/email/change_email_notice.txt", user=user)
    mail.write(sessions()(), old_email, _("您的账号换了邮箱"), body)
    sessions().commit()
