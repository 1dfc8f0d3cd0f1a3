"""Who was deleted, by a hash: so that a backup from before can't bring anybody back, and nothing stays in the file."""

from __future__ import annotations

import hashlib

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.storage import Storage
from portal.storage.clearing import clear
from portal.storage.clock import now
from portal.storage.deletions import Deletion
from portal.storage.people import User


def mark(user: User) -> str:
    """What stands for an account; another one that once gets the same id has another mark."""
    return hashlib.sha256(f"{user.id} {user.create_datetime.isoformat()}".encode()).hexdigest()


def record(session: Session, user_id: int) -> None:
    """Keep that an account is deleted."""
    key = mark(session.get_one(User, user_id))
    if session.get(Deletion, key) is None:
        session.add(Deletion(mark=key, at=now()))


def deleted(session: Session) -> list[str]:
    """The marks of all that were deleted, to keep beside the database."""
    return list(session.scalars(select(Deletion.mark).order_by(Deletion.at, Deletion.mark)))


def remember(session: Session, marks: list[str]) -> None:
    """Take marks in that were kept beside the database."""
    known = set(deleted(session))
    session.add_all(Deletion(mark=m, at=now()) for m in dict.fromkeys(marks) if m not in known)


def brought_back(session: Session) -> list[int]:
    """The accounts that were deleted and are here again."""
    present = session.scalars(select(User).where(User.left_at.is_(None)))
    return [user.id for user in present if session.get(Deletion, mark(user))]


def erase(storage: Storage) -> None:
    """Leave nothing of who was deleted where the database keeps what it has deleted."""
    with storage.session() as session:
        waiting = session.execute(select(Deletion.mark, Deletion.at).where(Deletion.erased_at.is_(None))).all()
    if waiting and clear(storage, max(at for _, at in waiting)):
        with storage.session() as session:
            done = Deletion.mark.in_([key for key, _ in waiting])
            session.execute(update(Deletion).where(done).values(erased_at=now()))
