"""What the forum keeps about a person: given out, and deleted when they leave; threads stay readable."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.forum.publishing import index
from portal.storage.forum import (
    REJECTED,
    SHOWN,
    WAITING,
    Follow,
    Mention,
    Post,
    Removed,
    Report,
    Standing,
    Thread,
    Version,
)
from portal.storage.people import User

NAMELESS = "已注销用户"
UNSEEN = (WAITING, REJECTED)
_QUOTED = re.compile(r"(?<=> )[^\s>：]+(?=：\[#\d+\]\(/forum/posts/(\d+)\))")
"""Whose post is quoted, as the form for a reply writes it."""


def export(session: Session, user_id: int) -> dict[str, Any]:
    """Posts with every wording, reports, followed threads, how the member stands."""
    wordings = select(Version, Post).join(Post, Post.post_id == Version.post_id).where(Post.user_id == user_id)
    posts = session.execute(wordings.order_by(Post.post_id, Version.number))
    reports = session.scalars(select(Report).where(Report.user_id == user_id).order_by(Report.report_id))
    followed = session.scalars(select(Follow.thread_id).where(Follow.user_id == user_id).order_by(Follow.thread_id))
    standing = session.get(Standing, user_id)
    removed = session.scalars(select(Removed).where(Removed.user_id == user_id).order_by(Removed.removed_id))
    return {
        "posts": [_post(version, post) for version, post in posts],
        "reports": [{"post": r.post_id, "words": r.words, "at": r.at.isoformat()} for r in reports],
        "follows": list(followed),
        "deleted": [{"thread": r.thread_id, "at": r.written_at.isoformat()} for r in removed],
        "mail_when_named": not (standing and standing.no_mention_mail),
        "mail_when_reviewed": bool(standing and standing.review_mail),
        "muted": bool(standing and standing.is_muted),
    }


def forget(session: Session, user_id: int) -> None:
    """Delete what nobody else has seen; what was published stays, without a name anywhere."""
    _forget_name(session, user_id)
    _forget_quoted(session, user_id)
    unseen = select(Post.post_id).where(Post.user_id == user_id, Post.shown.is_(None))
    empty = select(Post.thread_id).where(Post.user_id == user_id).where(Post.post_id.in_(unseen))
    begun = delete(Thread).where(Thread.user_id == user_id, Thread.state.in_(UNSEEN), Thread.thread_id.in_(empty))
    session.execute(begun)
    session.execute(delete(Post).where(Post.post_id.in_(unseen)))
    session.execute(delete(Version).where(Version.user_id == user_id, Version.state != SHOWN))
    for kept in (Follow, Standing, Mention, Removed):
        session.execute(delete(kept).where(kept.user_id == user_id))
    for report in session.scalars(select(Report).where(Report.user_id == user_id)):
        report.user_id = None


def _forget_name(session: Session, user_id: int) -> None:
    """Take the name out of the posts that call the member by it."""
    user = session.get(User, user_id)
    if user is None or not user.username:
        return
    naming = select(Version).join(Mention, Mention.version_id == Version.version_id)
    for version in session.scalars(naming.where(Mention.user_id == user_id)):
        _reword(session, version, version.text.replace(f"@{user.username}", f"@{NAMELESS}"))


def _forget_quoted(session: Session, user_id: int) -> None:
    """Take the name out of quotes of the member's posts, whatever they were called when they were quoted."""
    own = {str(n) for n in session.scalars(select(Post.post_id).where(Post.user_id == user_id))}
    quoting = select(Version).where(Version.text.contains("](/forum/posts/"))
    for version in session.scalars(quoting).all():
        text = _QUOTED.sub(lambda m: NAMELESS if m[1] in own else m[0], version.text)
        if text != version.text:
            _reword(session, version, text)


def _reword(session: Session, version: Version, text: str) -> None:
    version.text = text
    post = session.get_one(Post, version.post_id)
    if version.number == post.shown:
        index(session, post, version)


def _post(version: Version, post: Post) -> dict[str, Any]:
    return {
        "post": post.post_id,
        "thread": post.thread_id,
        "wording": version.number,
        "title": version.title,
        "text": version.text,
        "at": version.written_at.isoformat(),
        "state": post.state if version.number == post.shown else version.state,
        "reason": version.reason or post.reason,
    }
