"""What only a member sees of the forum: their own posts, how far each is, what they follow."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.forum.authors import standing_of
from portal.forum.excerpts import plain
from portal.storage.forum import HIDDEN, REJECTED, SHOWN, WAITING, Follow, Post, Thread, Version

Page = dict[str, Any]
MINE = 50
"""How many posts and followed threads are shown."""


def mine(session: Session, user_id: int) -> Page:
    """A member's own posts with what became of them, the newest first."""
    posts = select(Post, Thread).join(Thread, Thread.thread_id == Post.thread_id).where(Post.user_id == user_id)
    rows = session.execute(posts.order_by(Post.post_id.desc()).limit(MINE)).all()
    followed = select(Thread).join(Follow, Follow.thread_id == Thread.thread_id)
    followed = followed.where(Follow.user_id == user_id, Thread.state == SHOWN).order_by(Thread.last_at.desc())
    return {
        "posts": [own_post(session, post, thread) for post, thread in rows],
        "followed": session.scalars(followed.limit(MINE)).all(),
        **wishes(session, user_id),
    }


def wishes(session: Session, user_id: int) -> Page:
    """What a member is told by mail."""
    standing = standing_of(session, user_id)
    return {"mentions": not standing.no_mention_mail, "reviews": standing.review_mail}


def own_post(session: Session, post: Post, thread: Thread) -> Page:
    """One of a member's own posts: its newest wording and how far that is."""
    newest = session.scalars(
        select(Version).where(Version.post_id == post.post_id).order_by(Version.number.desc()).limit(1)
    ).first()
    return {
        "post": post,
        "thread": thread,
        "version": newest,
        "excerpt": plain(newest.text) if newest else "",
        "is_public": post.state == SHOWN and thread.state == SHOWN,
        "waits": newest is not None and newest.state == WAITING,
        "is_refused": newest is not None and newest.state == REJECTED,
        "is_hidden": post.state == HIDDEN or thread.state == HIDDEN,
    }


def waiting(session: Session, found: Thread, user_id: int | None) -> list[Page]:
    """A member's posts of a thread that nobody else sees."""
    if user_id is None:
        return []
    mine = select(Post).where(
        Post.thread_id == found.thread_id, Post.user_id == user_id, Post.state.in_((WAITING, REJECTED))
    )
    return [own_post(session, post, found) for post in session.scalars(mine.order_by(Post.post_id))]


def is_own(post: Post, user_id: int | None) -> bool:
    """Whether a post is a member's own."""
    return user_id is not None and post.user_id == user_id
