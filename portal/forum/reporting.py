"""Members tell moderators of posts that break the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.forum.authors import author
from portal.forum.cleaning import one_line
from portal.forum.reasons import LONGEST_REASON
from portal.forum.refusal import RefusedError
from portal.storage.clock import now
from portal.storage.forum import Post, Report

REPORTS_A_DAY = 20


def report(session: Session, user_id: int, post: Post, words: str, *, strong: bool = False) -> None:
    """Say that somebody else's post breaks the rules; once for each member."""
    who, words = author(session, user_id, strong=strong), one_line(words)[:LONGEST_REASON]
    if post.user_id == user_id:
        raise RefusedError("own_report")
    if not words:
        raise RefusedError("no_reason")
    said = session.scalars(select(Report).where(Report.post_id == post.post_id, Report.user_id == user_id)).first()
    if said is not None:
        return
    lately = select(func.count()).where(Report.user_id == user_id, Report.at > now() - timedelta(days=1))
    if not who.is_moderator and (session.scalar(lately) or 0) >= REPORTS_A_DAY:
        raise RefusedError("reports")
    session.add(Report(post_id=post.post_id, user_id=user_id, words=words, at=now(), outcome=""))
    audit.note(session, who.user_id, "post.report", f"/forum/posts/{post.post_id}")


def close_reports(session: Session, posts: Iterable[int], outcome: str) -> None:
    """Note what came of the open reports of posts."""
    opened = select(Report).where(Report.post_id.in_(list(posts)), Report.outcome == "")
    for one in session.scalars(opened):
        one.outcome = outcome[:LONGEST_REASON]
