"""What favourites tell of a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.favourites.keeping import kept
from portal.storage.usage import Favourite

COLUMNS = ("path", "title", "version", "kept_at")


def export(session: Session, user_id: int) -> list[dict[str, Any]]:
    """What an account keeps."""
    return [cells(favourite) for favourite in kept(session, user_id)]


def forget(session: Session, user_id: int) -> None:
    """Delete it all."""
    session.execute(delete(Favourite).where(Favourite.user_id == user_id))


def cells(favourite: Favourite) -> dict[str, Any]:
    """One of them, as its owner gets it."""
    told = {"path": favourite.path, "title": favourite.title, "version": favourite.version}
    return {**told, "kept_at": f"{favourite.kept_at.isoformat(timespec='seconds')}Z"}
