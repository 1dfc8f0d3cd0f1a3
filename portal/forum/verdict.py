"""Whether a wording waits for a moderator, and why."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.forum.authors import Author
from portal.forum.boards import Board
from portal.forum.rules import Draft
from portal.storage.clock import now
from portal.storage.forum import HIDDEN, REJECTED, REPLACED, SHOWN, Post, Report, Version

SAME_HOST = 2
"""After so many posts of a new member that link to one host, the next waits."""
REMEMBERED = timedelta(days=90)


def why_it_waits(session: Session, author: Author, board: Board, made: Draft, *, is_edit: bool = False) -> str:
    """`board` and `edit` where all posts are read first, `spam` where this one may be; empty where it may appear."""
    if author.is_trusted:
        return ""
    if board.review:
        return "edit" if is_edit else "board"
    doubtful = _was_refused(session, author) or _is_reported(session, author) or _repeats_hosts(session, author, made)
    return "spam" if doubtful else ""


def _was_refused(session: Session, author: Author) -> bool:
    """Whether a moderator has lately rejected or hidden what the member wrote, or has yet to look at it."""
    lately, mine = now() - REMEMBERED, author.user_id
    rejected = select(Version.version_id).where(
        Version.user_id == mine, Version.written_at > lately, (Version.state == REJECTED) | (Version.why == "spam")
    )
    rejected = rejected.where(Version.state.not_in((SHOWN, REPLACED)))
    hidden = select(Post.post_id).where(Post.user_id == mine, Post.written_at > lately, Post.state == HIDDEN)
    return session.scalar(rejected.limit(1)) is not None or session.scalar(hidden.limit(1)) is not None


def _is_reported(session: Session, author: Author) -> bool:
    open_reports = select(Report.report_id).join(Post, Post.post_id == Report.post_id)
    mine = open_reports.where(Post.user_id == author.user_id, Report.outcome == "")
    return session.scalar(mine.limit(1)) is not None


def _repeats_hosts(session: Session, author: Author, made: Draft) -> bool:
    """Whether a new member leads to one place again and again."""
    if not author.is_new:
        return False
    return any(_linking(session, author, host) >= SAME_HOST for host in made.hosts)


def _linking(session: Session, author: Author, host: str) -> int:
    mine = select(func.count(Version.post_id.distinct())).where(Version.user_id == author.user_id)
    return session.scalar(mine.where(func.lower(Version.text).contains(host, autoescape=True))) or 0
