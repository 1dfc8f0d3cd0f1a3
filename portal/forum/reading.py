"""What everybody may read of a thread: posts in their places, and every wording that was public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from portal.storage.base import Base
from portal.storage.forum import DELETED, HIDDEN, SHOWN, Post, Thread, Version
from portal.storage.people import Audit, User

Kind = TypeVar("Kind", bound=Base)
LARGEST = 2**31 - 1
POSTS = 20
"""How many stand on a page."""
SEEN = (SHOWN, HIDDEN, DELETED)
"""States of posts that have a place in the thread: shown, or a tombstone."""


@dataclass(frozen=True)
class Read:
    """A post in its thread: the wording to show, none for a tombstone; `number` counts from one in the thread."""

    post: Post
    version: Version | None
    author: str | None
    number: int
    is_edited: bool = False
    """Whether another wording was shown before, and can still be seen."""


def by_id(session: Session, kind: type[Kind], key: int) -> Kind | None:
    """What has that number; none has one that no database can count to."""
    return session.get(kind, key) if 0 < key <= LARGEST else None


def thread(session: Session, thread_id: int) -> Thread | None:
    """A thread that was ever public; a hidden one too, so that it can be said."""
    found = by_id(session, Thread, thread_id)
    return found if found is not None and found.state in SEEN else None


def thread_of(session: Session, post: Post) -> Thread:
    """The thread that a post stands in."""
    return session.get_one(Thread, post.thread_id)


def why_hidden(session: Session, found: Thread) -> str:
    """The reason that a moderator gave for hiding a thread, or its only post."""
    noted = select(Audit.detail).where(Audit.about == path_of(found), Audit.action == "thread.hide")
    said = session.scalars(noted.order_by(Audit.audit_id.desc()).limit(1)).first()
    own = select(Post.reason).where(Post.thread_id == found.thread_id, Post.state == HIDDEN).order_by(Post.post_id)
    return said or session.scalars(own.limit(1)).first() or ""


def path_of(found: Thread) -> str:
    """The path of a thread's page."""
    return f"/forum/threads/{found.thread_id}"


def posts(session: Session, thread_id: int, page: int) -> list[Read]:
    """A page of a thread."""
    offset = (page - 1) * POSTS
    return read(session, Post.thread_id == thread_id, limit=POSTS, offset=offset, first=offset + 1)


def read(
    session: Session, *which: ColumnElement[bool], limit: int, offset: int = 0, first: int = 1, backwards: bool = False
) -> list[Read]:
    """Posts that have a place in a shown thread, with the wording that is shown."""
    shown = (Version.post_id == Post.post_id) & (Version.number == Post.shown)
    found = select(Post, Version, User, _earlier()).join(Thread, Thread.thread_id == Post.thread_id)
    found = found.outerjoin(Version, shown).outerjoin(User, User.id == Post.user_id).where(Thread.state == SHOWN)
    order = Post.post_id.desc() if backwards else Post.post_id
    rows = session.execute(found.where(Post.state.in_(SEEN), *which).order_by(order).limit(limit).offset(offset))
    return [
        Read(post, version if post.state == SHOWN else None, name_of(user), first + n, edited)
        for n, (post, version, user, edited) in enumerate(rows)
    ]


def _earlier() -> ColumnElement[bool]:
    """Whether a post has a public wording besides the one that is shown."""
    before = aliased(Version)
    return exists().where(before.post_id == Post.post_id, before.state == SHOWN, before.number < Post.shown)


def places(session: Session, thread_id: int) -> int:
    """How many places a thread has, tombstones included."""
    here = select(func.count()).select_from(Post).where(Post.thread_id == thread_id, Post.state.in_(SEEN))
    return session.scalar(here) or 0


def titles(session: Session, threads: set[int]) -> dict[int, str]:
    """What threads are called."""
    rows = session.execute(select(Thread.thread_id, Thread.title).where(Thread.thread_id.in_(threads)))
    return {thread_id: title for thread_id, title in rows}  # noqa: C416 - rows are no pairs to mypy


def page_of(session: Session, post: Post) -> int:
    """The page of its thread that a post stands on."""
    before = (
        select(func.count())
        .select_from(Post)
        .where(Post.thread_id == post.thread_id, Post.state.in_(SEEN), Post.post_id < post.post_id)
    )
    return (session.scalar(before) or 0) // POSTS + 1


def wordings(session: Session, post: Post) -> list[Version]:
    """Every wording of a shown post that was public, the oldest first."""
    if post.state != SHOWN or post.shown is None:
        return []
    public = select(Version).where(Version.post_id == post.post_id, Version.state == SHOWN)
    return list(session.scalars(public.order_by(Version.number)))


def name_of(user: User | None) -> str | None:
    """What a member is called; None where the account is closed."""
    return None if user is None or user.left_at is not None else str(user.username)
