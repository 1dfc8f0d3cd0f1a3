"""A person's data, all rooms together: given out, and deleted for good."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from portal import audit
from portal.access.granting import LastAdminError, is_last_admin
from portal.personal.deletions import brought_back, record
from portal.personal.part import Part
from portal.storage.people import User


def export(session: Session, user_id: int) -> dict[str, Any]:
    """All that is kept about an account, by room."""
    return {part.name: part.export(session, user_id) for part in _parts()}


def leave(session: Session, user_id: int) -> None:
    """Delete a person's data as that person asks; LastAdminError where the site would be left without one."""
    if is_last_admin(session, session.get_one(User, user_id)):
        raise LastAdminError
    forget(session, user_id)
    audit.note(session, user_id, "account.leave", audit.account(user_id))


def forget(session: Session, user_id: int) -> None:
    """Delete what is personal in every room, and keep on record that it was, by a hash."""
    record(session, user_id)
    for part in _parts():
        part.forget(session, user_id)


def forget_again(session: Session) -> int:
    """Delete again whoever a backup has brought back; how many they were."""
    back = brought_back(session)
    for user_id in back:
        forget(session, user_id)
    return len(back)


def _parts() -> tuple[Part, ...]:
    # Imported when they are asked for: each room imports this package.
    from portal.personal.parts import PARTS

    return PARTS
