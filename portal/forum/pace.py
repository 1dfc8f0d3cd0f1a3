"""How often members write, what they deleted since included; new members less often than others."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from portal.forum.authors import Author
from portal.forum.refusal import RefusedError
from portal.storage.clock import now
from portal.storage.forum import Post, Removed, Thread, Version

A_MINUTE, AN_HOUR = 5, 60
"""Wordings that a member may submit in a minute and in an hour, edits included."""
FIRST_THREADS, FIRST_REPLIES, FIRST_IN_THREAD = 3, 10, 3
"""What a new member may do in a day, and in one thread."""
THREAD, REPLY, WORDING = "thread", "reply", "wording"
REMEMBERED = timedelta(days=30)
"""How long it is known that something was deleted."""


def check(session: Session, author: Author) -> None:
    """Refuse what comes too fast."""
    if author.is_moderator:
        return
    for code, most, span in (("flood", A_MINUTE, timedelta(minutes=1)), ("hourly", AN_HOUR, timedelta(hours=1))):
        kept = _count(session, Version, Version.user_id == author.user_id, Version.written_at > now() - span)
        if kept + _removed(session, author, since=now() - span) >= most:
            raise RefusedError(code)


def check_new(session: Session, author: Author, thread_id: int | None = None) -> None:
    """Refuse what is too much for a new member; `thread_id` where they reply."""
    if not author.is_new:
        return
    since = now() - timedelta(hours=24)
    begun = _count(session, Thread, Thread.user_id == author.user_id, Thread.begun_at > since)
    if thread_id is None:
        if begun + _removed(session, author, THREAD, since=since) >= FIRST_THREADS:
            raise RefusedError("first_threads")
        return
    replies = _count(session, Post, Post.user_id == author.user_id, Post.written_at > since) - begun
    if replies + _removed(session, author, REPLY, since=since) >= FIRST_REPLIES:
        raise RefusedError("first_replies")
    if _replies_in(session, author, thread_id) >= FIRST_IN_THREAD:
        raise RefusedError("thread_replies")


def remember(session: Session, post: Post, *, place: str) -> None:
    """Keep when the wordings of a post that goes were written; `place` says what goes with them."""
    if post.user_id is None:
        return
    session.execute(delete(Removed).where(Removed.user_id == post.user_id, Removed.written_at < now() - REMEMBERED))
    for version in session.scalars(select(Version).where(Version.post_id == post.post_id)):
        went = place if version.number == 1 else WORDING
        session.add(Removed(user_id=post.user_id, thread_id=post.thread_id, place=went, written_at=version.written_at))


def _replies_in(session: Session, author: Author, thread_id: int) -> int:
    opened = select(func.min(Post.post_id)).where(Post.thread_id == thread_id).scalar_subquery()
    here = Post.thread_id == thread_id, Post.post_id != opened
    kept = _count(session, Post, Post.user_id == author.user_id, *here)
    return kept + _removed(session, author, REPLY, Removed.thread_id == thread_id)


def _removed(
    session: Session, author: Author, place: str = "", *which: ColumnElement[bool], since: datetime | None = None
) -> int:
    mine = [Removed.user_id == author.user_id, *which]
    lately = [Removed.written_at > since] if since else []
    return _count(session, Removed, *mine, *lately, *([Removed.place == place] if place else []))


def _count(session: Session, kind: type[Post | Removed | Thread | Version], *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(kind).where(*conditions)) or 0
