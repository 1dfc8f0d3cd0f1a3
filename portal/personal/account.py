"""The account itself: names, secrets, passkeys, log-ins, and the details of what was done to it or with it."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.personal.part import Part
from portal.storage.clock import now
from portal.storage.people import Audit, Login, User, WebAuthn

NOWHERE = "left.invalid"
"""A domain that never exists (RFC 2606): the column takes no empty address."""
SECRETS = (
    "password",
    "username",
    "tf_primary_method",
    "tf_totp_secret",
    "tf_phone_number",
    "us_totp_secrets",
    "us_phone_number",
    "fs_webauthn_user_handle",
    "mf_recovery_codes",
    "totp_counter",
    "language",
    "confirmed_at",
    "last_login_at",
    "current_login_at",
    "last_login_ip",
    "current_login_ip",
    "login_count",
)


def _export(session: Session, user_id: int) -> dict[str, Any]:
    user = session.get_one(User, user_id)
    passkeys = session.scalars(select(WebAuthn).where(WebAuthn.user_id == user_id))
    logins = session.scalars(select(Login).where(Login.user_id == user_id))
    done = session.scalars(select(Audit).where(Audit.user_id == user_id).order_by(Audit.audit_id))
    return {
        "username": user.username,
        "email": user.email,
        "language": user.language,
        "registered_at": _moment(user.create_datetime),
        "confirmed_at": _moment(user.confirmed_at),
        "roles": sorted(role.name for role in user.roles),
        "second_factor": user.tf_primary_method,
        "passkeys": [{"name": p.name, "added_at": _moment(p.create_datetime)} for p in passkeys],
        "logins": [
            {"device": x.device, "begun_at": _moment(x.begun_at), "seen_at": _moment(x.seen_at)} for x in logins
        ],
        "actions": [{"at": _moment(a.at), "action": a.action, "about": a.about, "detail": a.detail} for a in done],
    }


def _forget(session: Session, user_id: int) -> None:
    """Leave a nameless row, by whose id what others read stays together."""
    user = session.get_one(User, user_id)
    user.roles = []
    for column in SECRETS:
        setattr(user, column, None)
    user.email = f"{user_id}@{NOWHERE}"
    user.fs_uniquifier = secrets.token_hex(16)
    user.active = False
    user.left_at = user.left_at or now()
    session.execute(delete(WebAuthn).where(WebAuthn.user_id == user_id))
    session.execute(delete(Login).where(Login.user_id == user_id))
    of_theirs = or_(Audit.user_id == user_id, Audit.about == audit.account(user_id))
    session.execute(update(Audit).where(of_theirs).values(detail=""))


def _moment(at: datetime | None) -> str | None:
    return f"{at.isoformat(timespec='seconds')}Z" if at else None


part = Part("account", _export, _forget)
