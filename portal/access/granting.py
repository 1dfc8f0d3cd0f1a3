"""Roles given and taken, accounts disabled and enabled: with a reason, on record, never the last administrator's."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.roles import ADMIN, ROLES, STAFF
from portal.storage.people import Login, Role, User


class LastAdminError(Exception):
    """The site would be left without an administrator."""


def role(session: Session, name: str) -> Role:
    """The role of that name; its row is made when it is first given."""
    if name not in ROLES:
        raise ValueError(f"no such role: {name}")
    found = session.scalar(select(Role).where(Role.name == name))
    if found is None:
        found = Role(name=name)
        session.add(found)
    return found


def set_roles(session: Session, by: int | None, user: User, wanted: set[str], reason: str) -> None:
    """Let an account have these staff roles and no other ones; who it is has to log in again."""
    had, was_admin = {r.name for r in user.roles} & set(STAFF), is_admin(user)
    if had == wanted:
        return
    _hold(session)
    user.roles = [r for r in user.roles if r.name not in STAFF] + [role(session, name) for name in sorted(wanted)]
    changes = [*(f"+{name}" for name in sorted(wanted - had)), *(f"-{name}" for name in sorted(had - wanted))]
    _end(session, user, was_admin)
    audit.note(session, by, "account.roles", audit.account(user.id), f"{' '.join(changes)}: {reason}")


def set_active(session: Session, by: int | None, user: User, active: bool, reason: str) -> None:
    """Disable an account, or enable it again; who it is has to log in again."""
    if user.active == active or user.left_at:
        return
    was_admin = is_admin(user)
    _hold(session)
    user.active = active
    _end(session, user, was_admin)
    audit.note(session, by, "account.enable" if active else "account.disable", audit.account(user.id), reason)


def is_admin(user: User) -> bool:
    """Whether an account is one that may give roles."""
    return bool(user.active) and ADMIN in {r.name for r in user.roles}


def is_last_admin(session: Session, user: User) -> bool:
    """Whether nobody else could give roles."""
    return is_admin(user) and _admins(session) == 1


def _end(session: Session, user: User, was_admin: bool) -> None:
    """Write the change, see that somebody is left to administer, and end the log-ins that knew the old roles."""
    session.flush()
    if was_admin and not _admins(session):
        raise LastAdminError
    session.execute(delete(Login).where(Login.user_id == user.id))


def _admins(session: Session) -> int:
    admins = select(func.count()).select_from(User).join(User.roles).where(Role.name == ADMIN, User.active)
    return session.scalar(admins) or 0


def _hold(session: Session) -> None:
    """One change at a time, or two administrators could take the role from each other at once."""
    session.execute(select(Role.id).where(Role.name == ADMIN).with_for_update())
