"""What the pages of the forum show."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.forum import Forum, cards, reading, rules, searching, subjects
from portal.forum.authors import standing_of
from portal.forum.differences import Run, difference
from portal.forum.rendering import plain
from portal.sections.forum.drawing import Drawn, Pen
from portal.storage.forum import HIDDEN, REJECTED, SHOWN, WAITING, Follow, Post, Thread, Version
from portal.storage.people import User

Page = dict[str, Any]
Runs = tuple[Run, ...]
MINE, WORDINGS = 50, 30
"""How many of their own posts and followed threads a member is shown, and how many wordings of a post."""


@dataclass(frozen=True)
class Who:
    """Whoever looks: nobody, a member, a moderator."""

    user_id: int | None = None
    moderates: bool = False


@dataclass
class Sheet:
    """A form with what was written in it; `error` says why it was not taken. A thread has a title, a reply none."""

    text: str = ""
    title: str | None = None
    board: str = ""
    about: str = ""
    thread: Thread | None = None
    post: Post | None = None
    error: str = ""
    wants_log_in: bool = False
    wants_preview: bool = False


def index(session: Session, forum: Forum) -> Page:
    """The boards with their newest threads."""
    return {"boards": reading.overview(session, forum)}


def board(session: Session, forum: Forum, board_id: str, number: int) -> Page | None:
    """A page of a board's threads."""
    which, total = Thread.board == board_id, reading.count(session, Thread.board == board_id)
    if forum.board(board_id) is None and not total:
        return None
    listed = reading.threads(session, forum, which, offset=(number - 1) * reading.THREADS)
    return {
        "board": forum.board_of(board_id),
        "threads": listed,
        "total": total,
        "at_page": number,
        "last": pages(total, reading.THREADS),
    }


def about(session: Session, forum: Forum, path: str) -> Page | None:
    """The threads about what stands at a path."""
    of = subjects.subject(forum, path)
    if of is None:
        return None
    return {"subject": of, "threads": reading.threads(session, forum, reading.about(of.path), limit=200)}


def thread(session: Session, forum: Forum, found: Thread, number: int, who: Who, url: Callable[[str], str]) -> Page:
    """A page of a thread, with what of it only the reader may see."""
    places = reading.places(session, found.thread_id)
    about = subjects.subject(forum, found.about, found.about_version or "") if found.about else None
    return {
        "thread": found,
        "board": forum.board_of(found.board),
        "boards": forum.boards,
        "subject": about,
        "posts": Pen(forum, url).posts(session, reading.posts(session, found.thread_id, number)),
        "own": _own_waiting(session, found, who),
        "at_page": number,
        "last": pages(places, reading.POSTS),
        "who": who,
        "follows": bool(who.user_id and session.get(Follow, (found.thread_id, who.user_id))),
    }


def search(session: Session, query: str, number: int) -> Page:
    """A page of what was found."""
    total, hits = searching.search(session, query, offset=(number - 1) * searching.FOUND)
    found = [(thread, read, plain(read.version.text if read.version else "")) for thread, read in hits]
    return {
        "query": query,
        "total": total,
        "found": found,
        "at_page": number,
        "last": pages(total, searching.FOUND),
    }


def mine(session: Session, user_id: int) -> Page:
    """A member's own posts with what became of them, the newest first."""
    posts = select(Post, Thread).join(Thread, Thread.thread_id == Post.thread_id).where(Post.user_id == user_id)
    rows = session.execute(posts.order_by(Post.post_id.desc()).limit(MINE)).all()
    followed = select(Thread).join(Follow, Follow.thread_id == Thread.thread_id)
    followed = followed.where(Follow.user_id == user_id, Thread.state == SHOWN).order_by(Thread.last_at.desc())
    return {
        "posts": [own_post(session, post, thread) for post, thread in rows],
        "followed": session.scalars(followed.limit(MINE)).all(),
        "mentions": not standing_of(session, user_id).no_mention_mail,
    }


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


def wordings(session: Session, post: Post) -> list[tuple[Version, Runs, Runs]]:
    """The last public wordings with what each changed in title and text, the newest first."""
    found = reading.wordings(session, post)[-WORDINGS:]
    before = [None, *found]
    return [(v, *_changed(b, v)) for b, v in zip(before, found, strict=False)][::-1]


def quoted(session: Session, post: Post, nameless: str) -> str:
    """A shown post as the beginning of a reply."""
    author = reading.name_of(session.get(User, post.user_id) if post.user_id else None)
    public = reading.wordings(session, post)
    if not public:
        return ""
    lines = public[-1].text[:2000].split("\n")
    head = f"{author or nameless}：[#{post.post_id}](/forum/posts/{post.post_id})"
    return "\n".join(f"> {line}".rstrip() for line in [head, "", *lines]) + "\n\n"


def preview(forum: Forum, sheet: Sheet, url: Callable[[str], str]) -> Drawn:
    """A text as it would be shown now."""
    made = rules.draft(sheet.text, forum.links, sheet.title)
    return Pen(forum, url).text(made.text, cards.pins(forum.published, made.rows))


def is_own(post: Post, user_id: int | None) -> bool:
    """Whether a post is a member's own."""
    return user_id is not None and post.user_id == user_id


def pages(total: int, size: int) -> int:
    """How many pages there are, at least one."""
    return max(1, math.ceil(total / size))


def _own_waiting(session: Session, found: Thread, who: Who) -> list[Page]:
    if who.user_id is None:
        return []
    mine = select(Post).where(
        Post.thread_id == found.thread_id, Post.user_id == who.user_id, Post.state.in_((WAITING, REJECTED))
    )
    return [own_post(session, post, found) for post in session.scalars(mine.order_by(Post.post_id))]


def _changed(before: Version | None, after: Version) -> tuple[Runs, Runs]:
    if before is None:
        return (("same", after.title),) if after.title else (), (("same", after.text),)
    title = difference(before.title or "", after.title or "") if before.title != after.title else ()
    return title, difference(before.text, after.text)
