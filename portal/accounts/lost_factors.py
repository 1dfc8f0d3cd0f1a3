"""A second factor that was lost: somebody who made sure who it is takes it away, and its owner is told."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal import audit, mail
from portal.accounts.holding import has_second_factor
from portal.frame.door import site
from portal.mail.reader import Reader
from portal.storage.people import Login, User, WebAuthn


class NoFactorError(Exception):
    """There is none to take away."""


def take_away(session: Session, by: int | None, user: User, reason: str) -> None:
    """Let the password do, until another second factor is set up; all log-ins end."""
    if not has_second_factor(user):
        raise NoFactorError
    user.tf_primary_method = user.tf_totp_secret = user.mf_recovery_codes = user.totp_counter = None
    for kept in (WebAuthn, Login):
        session.execute(delete(kept).where(kept.user_id == user.id))
    session.expire(user, ["webauthn"])
    audit.note(session, by, "second_factor.reset", audit.account(user.id), reason)
    reader = Reader.of(site(), user.language)
    with reader.addressed():
        again = reader.address("/account/second-factor")
        body = render_template("security/email/second_factor_reset.txt", user=user, again=again)
        mail.write(session, str(user.email), _("您的第二重验证已经重设"), body)
