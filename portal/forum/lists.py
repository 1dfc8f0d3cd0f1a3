"""Lists of threads that everybody may read: by board, the newest, those about a row."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal.forum.boards import Board
from portal.forum.forum import Forum
from portal.forum.reading import name_of
from portal.storage.forum import SHOWN, Thread
from portal.storage.like import literally
from portal.storage.people import User

THREADS = 30
"""How many stand on a page."""


@dataclass(frozen=True)
class Listed:
    """A thread in a list, with the name of who began it; None where the account is closed."""

    thread: Thread
    author: str | None
    board: Board


def overview(session: Session, forum: Forum, newest: int = 5) -> list[tuple[Board, int, list[Listed]]]:
    """Each board with the number of its threads and the newest of them; boards that are gone only if they have any."""
    grouped = select(Thread.board, func.count()).where(Thread.state == SHOWN).group_by(Thread.board)
    counts = {board: number for board, number in session.execute(grouped)}  # noqa: C416 - rows are no pairs to mypy
    known = [b.id for b in forum.boards]
    names = [*known, *sorted(counts.keys() - set(known))]
    return [
        (forum.board_of(n), counts.get(n, 0), threads(session, forum, Thread.board == n, limit=newest)) for n in names
    ]


def threads(
    session: Session, forum: Forum, *which: ColumnElement[bool], limit: int = THREADS, offset: int = 0
) -> list[Listed]:
    """Shown threads, pinned ones first, then by their newest post."""
    found = select(Thread, User).outerjoin(User, User.id == Thread.user_id).where(Thread.state == SHOWN, *which)
    ordered = found.order_by(Thread.is_pinned.desc(), Thread.last_at.desc(), Thread.thread_id.desc())
    rows = session.execute(ordered.limit(limit).offset(offset))
    return [Listed(thread, name_of(user), forum.board_of(thread.board)) for thread, user in rows]


def newest(session: Session, forum: Forum, limit: int) -> list[Listed]:
    """The threads that were begun last."""
    found = select(Thread, User).outerjoin(User, User.id == Thread.user_id).where(Thread.state == SHOWN)
    rows = session.execute(found.order_by(Thread.begun_at.desc(), Thread.thread_id.desc()).limit(limit))
    return [Listed(thread, name_of(user), forum.board_of(thread.board)) for thread, user in rows]


def count(session: Session, *which: ColumnElement[bool]) -> int:
    """How many shown threads there are."""
    return session.scalar(select(func.count()).select_from(Thread).where(Thread.state == SHOWN, *which)) or 0


def about(path: str) -> ColumnElement[bool]:
    """Threads about what stands at a path; of a notice, those about its rows too."""
    own = Thread.about == path
    if not path.startswith("/notices/"):
        return own
    return own | Thread.about.like(f"/%/{literally(path.removeprefix('/notices/'))}.%", escape="\\")
