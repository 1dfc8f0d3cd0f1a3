"""Keeps the wordings of posts, and decides of each whether it appears or waits."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.forum import cards
from portal.forum.authors import Author
from portal.forum.forum import Forum
from portal.forum.markdown import mentioned
from portal.forum.publishing import publish, still_waits
from portal.forum.rules import Draft
from portal.forum.verdict import why_it_waits
from portal.storage.clock import now
from portal.storage.forum import REJECTED, REPLACED, WAITING, Mention, Post, Thread, Version
from portal.storage.people import User

LONGEST_NAME = 32


def first_wording(session: Session, forum: Forum, who: Author, thread: Thread, made: Draft) -> Post:
    """A new post, which appears or waits."""
    post = Post(thread_id=thread.thread_id, user_id=who.user_id, written_at=now(), state=WAITING)
    session.add(post)
    session.flush()
    why = why_it_waits(session, who, forum.board_of(thread.board), made)
    _word(session, forum, who, post, made, 1, why)
    return post


def next_wording(session: Session, forum: Forum, who: Author, post: Post, last: Version, made: Draft) -> Version:
    """The next wording; one that still waits makes room for it, and keeps its number so that none is taken for it."""
    board = forum.board_of(session.get_one(Thread, post.thread_id).board)
    why = why_it_waits(session, who, board, made, is_edit=post.shown is not None)
    if still_waits(session, last):
        last.state = REPLACED
    if post.state == REJECTED:
        post.state = WAITING
    return _word(session, forum, who, post, made, last.number + 1, why)


def _word(session: Session, forum: Forum, who: Author, post: Post, made: Draft, number: int, why: str) -> Version:
    version = Version(
        post_id=post.post_id,
        number=number,
        title=made.title,
        text=made.text,
        text_hash=made.text_hash,
        pins=cards.pins(forum.published, made.rows),
        user_id=who.user_id,
        written_at=now(),
        state=WAITING,
        why=why,
    )
    session.add(version)
    session.flush()
    _note_mentions(session, version, made)
    if not why:
        publish(session, forum, version)
    return version


def _note_mentions(session: Session, version: Version, made: Draft) -> None:
    """Keep who is named: of all that may be a name after an @, the longest that is one."""
    for said in dict.fromkeys(mentioned(made.tokens, made.links)):
        possible = [said[:n] for n in range(2, min(len(said), LONGEST_NAME) + 1)]
        named = session.scalars(select(User).where(User.username.in_(possible), User.left_at.is_(None))).all()
        if named:
            user = max(named, key=lambda u: len(str(u.username)))
            session.merge(Mention(version_id=version.version_id, user_id=user.id))
