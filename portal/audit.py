"""The log of what was done by whom: written with what was done, never changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.storage.clock import now
from portal.storage.people import Audit


def note(session: Session, user_id: int | None, action: str, about: str, detail: str = "") -> None:
    """Keep that it was done, in the transaction that does it; `action` is a short name such as `post.approve`."""
    session.add(Audit(at=now(), user_id=user_id, action=action, about=about[:200], detail=detail))


def account(user_id: int) -> str:
    """An account, as what something was done to."""
    return f"account:{user_id}"
