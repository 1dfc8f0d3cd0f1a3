"""What waits for moderators: wordings, reports, and what was done before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.forum.reading import name_of
from portal.storage.forum import HIDDEN, REJECTED, SHOWN, WAITING, Post, Report, Thread, Version
from portal.storage.people import Audit, User

PAGE = 20
ACTIONS = ("post.", "thread.", "member.")


@dataclass(frozen=True)
class Waiting:
    """A wording that waits, the one that is shown meanwhile, and how its author stands."""

    version: Version
    post: Post
    thread: Thread
    user: User | None
    before: Version | None
    shown: int
    refused: int

    @property
    def author(self) -> str | None:
        """What the author is called."""
        return name_of(self.user)


@dataclass(frozen=True)
class Reported:
    """A post with its open reports."""

    post: Post
    thread: Thread
    version: Version | None
    author: str | None
    reports: tuple[Report, ...]


def waiting(session: Session, page: int) -> tuple[int, list[Waiting]]:
    """How many wordings wait, and those on a page, the oldest first."""
    found = _that_wait(select(Version, Post, Thread, User)).outerjoin(User, User.id == Version.user_id)
    found = found.order_by(Version.written_at, Version.version_id)
    rows = session.execute(found.limit(PAGE).offset((page - 1) * PAGE)).all()
    return count_waiting(session), [_waiting(session, *row) for row in rows]


def reported(session: Session) -> list[Reported]:
    """Posts with open reports, those reported first at the head."""
    opened = select(Report, Post, Thread, User).join(Post, Post.post_id == Report.post_id)
    opened = opened.join(Thread, Thread.thread_id == Post.thread_id).outerjoin(User, User.id == Post.user_id)
    by_post: dict[int, list[tuple[Report, Post, Thread, User | None]]] = defaultdict(list)
    for report, post, thread, user in session.execute(opened.where(Report.outcome == "").order_by(Report.report_id)):
        by_post[post.post_id].append((report, post, thread, user))
    return [
        Reported(rows[0][1], rows[0][2], _shown(session, rows[0][1]), name_of(rows[0][3]), tuple(r[0] for r in rows))
        for rows in by_post.values()
    ]


def hidden(session: Session, page: int) -> tuple[int, list[Reported]]:
    """How many posts moderators have hidden, and those on a page, the newest first."""
    total = session.scalar(select(func.count()).select_from(Post).where(Post.state == HIDDEN)) or 0
    found = select(Post, Thread, User).join(Thread, Thread.thread_id == Post.thread_id)
    found = found.outerjoin(User, User.id == Post.user_id).where(Post.state == HIDDEN).order_by(Post.post_id.desc())
    rows = session.execute(found.limit(PAGE).offset((page - 1) * PAGE))
    return total, [Reported(post, thread, _shown(session, post), name_of(user), ()) for post, thread, user in rows]


def hidden_threads(session: Session) -> list[Thread]:
    """Threads that moderators have hidden, the newest first."""
    found = select(Thread).where(Thread.state == HIDDEN).order_by(Thread.thread_id.desc())
    return list(session.scalars(found.limit(PAGE)))


def done(session: Session, page: int) -> tuple[int, list[tuple[Audit, str | None]]]:
    """How much was done in the forum, and what is on a page of it with whoever did it, the newest first."""
    ours = or_(*(Audit.action.startswith(a) for a in ACTIONS))
    total = session.scalar(select(func.count()).select_from(Audit).where(ours)) or 0
    mine = select(Audit, User).outerjoin(User, User.id == Audit.user_id).where(ours)
    rows = session.execute(mine.order_by(Audit.audit_id.desc()).limit(PAGE).offset((page - 1) * PAGE))
    return total, [(entry, name_of(user)) for entry, user in rows]


def count_waiting(session: Session) -> int:
    """How many wordings wait."""
    return session.scalar(_that_wait(select(func.count()).select_from(Version))) or 0


def count_reported(session: Session) -> int:
    """How many posts have open reports."""
    return session.scalar(select(func.count(Report.post_id.distinct())).where(Report.outcome == "")) or 0


def _that_wait(statement: Any) -> Any:
    """The wordings that wait; those in hidden threads come back with their threads."""
    joined = statement.join(Post, Post.post_id == Version.post_id).join(Thread, Thread.thread_id == Post.thread_id)
    return joined.where(Version.state == WAITING, Thread.state != HIDDEN)


def _waiting(session: Session, version: Version, post: Post, thread: Thread, user: User | None) -> Waiting:
    mine = select(func.count()).select_from(Post).where(Post.user_id == version.user_id)
    shown = session.scalar(mine.where(Post.state == SHOWN)) or 0
    refused = session.scalar(mine.where(Post.state.in_((REJECTED, HIDDEN)))) or 0
    return Waiting(version, post, thread, user, _shown(session, post), shown, refused)


def _shown(session: Session, post: Post) -> Version | None:
    found = select(Version).where(Version.post_id == post.post_id, Version.number == post.shown)
    return session.scalars(found).first()
