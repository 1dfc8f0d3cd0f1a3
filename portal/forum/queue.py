"""What waits for moderators: wordings and reports; and what was done before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.forum.reading import name_of
from portal.forum.sieve import Sieve
from portal.storage.forum import HIDDEN, REJECTED, SHOWN, WAITING, Post, Report, Thread, Version
from portal.storage.paging import page
from portal.storage.people import Audit, User

PAGE, READ_AT_ONCE = 20, 50
"""How much is on a page, and how many wordings that wait are."""
ALL = Sieve()
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


def waiting(session: Session, number: int, sieve: Sieve = ALL) -> tuple[int, list[Waiting]]:
    """How many wordings wait, and those on a page (the last one beyond the end), the oldest first."""
    found = _that_wait(select(Version, Post, Thread, User)).outerjoin(User, User.id == Version.user_id)
    found = found.where(*sieve.conditions).order_by(Version.written_at, Version.version_id)
    listed = page(session, found, number, READ_AT_ONCE)
    return listed.total, [_waiting(session, *row) for row in listed.rows]


def reported(session: Session, number: int = 1) -> list[Reported]:
    """Posts with open reports, those reported first at the head, a page of them."""
    first = select(Report.post_id).where(Report.outcome == "").group_by(Report.post_id)
    listed = first.order_by(func.min(Report.report_id)).limit(PAGE).offset((number - 1) * PAGE)
    opened = select(Report, Post, Thread, User).join(Post, Post.post_id == Report.post_id)
    opened = opened.where(Report.post_id.in_(session.scalars(listed).all()))
    opened = opened.join(Thread, Thread.thread_id == Post.thread_id).outerjoin(User, User.id == Post.user_id)
    by_post: dict[int, list[tuple[Report, Post, Thread, User | None]]] = defaultdict(list)
    for report, post, thread, user in session.execute(opened.where(Report.outcome == "").order_by(Report.report_id)):
        by_post[post.post_id].append((report, post, thread, user))
    return [
        Reported(rows[0][1], rows[0][2], shown_of(session, rows[0][1]), name_of(rows[0][3]), tuple(r[0] for r in rows))
        for rows in by_post.values()
    ]


def done(session: Session, number: int) -> tuple[int, list[tuple[Audit, str | None]]]:
    """How much was done in the forum, and what is on a page of it with whoever did it, the newest first."""
    ours = or_(*(Audit.action.startswith(a) for a in ACTIONS))
    total = session.scalar(select(func.count()).select_from(Audit).where(ours)) or 0
    mine = select(Audit, User).outerjoin(User, User.id == Audit.user_id).where(ours)
    rows = session.execute(mine.order_by(Audit.audit_id.desc()).limit(PAGE).offset((number - 1) * PAGE))
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
    return Waiting(version, post, thread, user, shown_of(session, post), shown, refused)


def shown_of(session: Session, post: Post) -> Version | None:
    """The wording of a post that everybody sees, if there is one."""
    found = select(Version).where(Version.post_id == post.post_id, Version.number == post.shown)
    return session.scalars(found).first()
