"""Messages to a person that have not been sent yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.personal.part import Part
from portal.storage.mail import Message
from portal.storage.people import User


def _export(session: Session, user_id: int) -> list[dict[str, Any]]:
    """Every message that waits; its text may hold a link that lets somebody in, so it goes out by mail alone."""
    waiting = select(Message).join(User, User.email == Message.recipient).where(User.id == user_id)
    return [{"subject": m.subject, "written_at": m.written_at.isoformat()} for m in session.scalars(waiting)]


def _forget(session: Session, user_id: int) -> None:
    address = select(User.email).where(User.id == user_id).scalar_subquery()
    session.execute(delete(Message).where(Message.recipient == address))


part = Part("messages", _export, _forget)
