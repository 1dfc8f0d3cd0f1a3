"""People who have an account, their roles, passkeys and log-ins, and the log of what was done by whom.

Flask-Security's columns come with its mixins; its relationships name the classes User, Role, WebAuthn.
"""

from __future__ import annotations

from datetime import datetime

from flask_security.models.sqla import FsModels, FsRoleMixin, FsUserMixin, FsWebAuthnMixin
from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.storage.base import Base
from portal.storage.likeness import likeness

# "user" is a reserved word in PostgreSQL.
FsModels.set_db_info(base_model=Base, user_table_name="account")


class Role(Base, FsRoleMixin):  # type: ignore[misc]
    """What somebody may do; the names stand in `portal/access/roles.py`."""

    __tablename__ = "role"


class User(Base, FsUserMixin):  # type: ignore[misc]
    """An account. Who leaves keeps a nameless row, so that threads stay readable."""

    __tablename__ = "account"
    # The audit log names accounts by number: a number that was given is never given again.
    __table_args__ = ({"sqlite_autoincrement": True},)

    name_likeness: Mapped[str | None] = mapped_column(String(255), unique=True)
    """What the user name looks like: no two people have names that would be taken for each other."""
    totp_counter: Mapped[int | None]
    """The last code that was used: none is taken twice."""
    left_at: Mapped[datetime | None]
    language: Mapped[str | None] = mapped_column(String(5))
    """In which language the site was used last: letters are in it."""

    @validates("username")
    def _liken(self, _column: str, name: str | None) -> str | None:
        self.name_likeness = likeness(name) if name else None
        return name

    def verify_and_update_password(self, password: str) -> bool:
        """Whether it is the account's password; an account without one has none that is right."""
        return bool(self.password) and bool(super().verify_and_update_password(password))


class WebAuthn(Base, FsWebAuthnMixin):  # type: ignore[misc]
    """A passkey."""

    __tablename__ = "webauthn"


class Login(Base):
    """A session of somebody who is logged in; gone once it has ended."""

    __tablename__ = "login"

    login_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(String(200))
    strong: Mapped[bool]
    """Whether a second factor or a passkey was shown."""


class Audit(Base):
    """Something that was done, never changed: `action` is a short name, `about` what it was done to."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_about", "about"), {"sqlite_autoincrement": True})

    audit_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="")
