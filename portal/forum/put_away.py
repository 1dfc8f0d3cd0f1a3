"""What moderators have put out of sight and can bring back: hidden posts and threads, rejected wordings."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from portal.forum.queue import PAGE, Reported, shown_of
from portal.forum.reading import name_of
from portal.storage.forum import DELETED, HIDDEN, REJECTED, Post, Thread, Version
from portal.storage.people import User


def hidden(session: Session, number: int) -> tuple[int, list[Reported]]:
    """How many posts moderators have hidden, and those on a page, the newest first."""
    total = session.scalar(select(func.count()).select_from(Post).where(Post.state == HIDDEN)) or 0
    found = select(Post, Thread, User).join(Thread, Thread.thread_id == Post.thread_id)
    found = found.outerjoin(User, User.id == Post.user_id).where(Post.state == HIDDEN).order_by(Post.post_id.desc())
    rows = session.execute(found.limit(PAGE).offset((number - 1) * PAGE))
    return total, [Reported(post, thread, shown_of(session, post), name_of(user), ()) for post, thread, user in rows]


def hidden_threads(session: Session) -> list[Thread]:
    """Threads that moderators have hidden, the newest first."""
    found = select(Thread).where(Thread.state == HIDDEN).order_by(Thread.thread_id.desc())
    return list(session.scalars(found.limit(PAGE)))


def rejected(session: Session, number: int) -> tuple[int, list[Reported]]:
    """How many wordings were rejected and not written anew, and those on a page, the newest first."""
    total = session.scalar(select(func.count()).select_from(Version).join(Post).where(*_rejected())) or 0
    found = select(Version, Post, Thread, User).join(Post, Post.post_id == Version.post_id)
    found = found.join(Thread, Thread.thread_id == Post.thread_id).outerjoin(User, User.id == Version.user_id)
    rows = session.execute(
        found.where(*_rejected()).order_by(Version.version_id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    )
    return total, [Reported(post, thread, version, name_of(user), ()) for version, post, thread, user in rows]


def rejected_of(session: Session, user_id: int) -> list[Version]:
    """All such wordings of a member."""
    mine = select(Version).join(Post, Post.post_id == Version.post_id).where(Version.user_id == user_id, *_rejected())
    return list(session.scalars(mine.order_by(Version.version_id)))


def can_come_back(session: Session, version: Version) -> bool:
    """Whether a wording is one that was rejected and not written anew; until the end of the session it stays so."""
    same = select(Version.version_id).join(Post, Post.post_id == Version.post_id)
    same = same.where(Version.version_id == version.version_id, *_rejected()).with_for_update(of=Version)
    return session.scalar(same) is not None


def _rejected() -> tuple[ColumnElement[bool], ...]:
    later = aliased(Version)
    anew = select(later.version_id).where(later.post_id == Version.post_id, later.number > Version.number).exists()
    return Version.state == REJECTED, Post.state.not_in((HIDDEN, DELETED)), ~anew
