"""Which discussions crawlers are told of: those that are shown and have a post to read, and when they changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.storage.forum import SHOWN, Post, Thread, Version

_MAPPED = (Thread.state == SHOWN, Thread.post_count > 0)


def count(session: Session) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(Thread).where(*_MAPPED)) or 0


def threads(session: Session, limit: int, offset: int = 0) -> list[tuple[int, datetime]]:
    """Their numbers, each with when the newest of its shown wordings was written."""
    shown = (Version.post_id == Post.post_id) & (Version.number == Post.shown)
    found = select(Thread.thread_id, func.max(Version.written_at)).join(Post, Post.thread_id == Thread.thread_id)
    found = found.join(Version, shown).where(*_MAPPED, Post.state == SHOWN).group_by(Thread.thread_id)
    rows = session.execute(found.order_by(Thread.thread_id).limit(limit).offset(offset))
    return [(thread, at) for thread, at in rows]
