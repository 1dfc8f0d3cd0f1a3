"""What the pages of the forum show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.forum import Forum, cards, lists, reading, rules, searching, subjects
from portal.forum.differences import Run, difference
from portal.forum.excerpts import plain
from portal.sections.forum import own
from portal.sections.forum.drawing import Drawn, Pen
from portal.storage.forum import Follow, Post, Thread, Version
from portal.storage.paging import last_page
from portal.storage.people import User

Page = dict[str, Any]
Runs = tuple[Run, ...]
WORDINGS = 30
"""How many wordings of a post are shown."""


@dataclass(frozen=True)
class Who:
    """Whoever looks: nobody, a member, a moderator; `strong` where a second factor was shown."""

    user_id: int | None = None
    moderates: bool = False
    strong: bool = False


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
    return {"boards": lists.overview(session, forum)}


def board(session: Session, forum: Forum, board_id: str, number: int) -> Page | None:
    """A page of a board's threads."""
    which, total = Thread.board == board_id, lists.count(session, Thread.board == board_id)
    if forum.board(board_id) is None and not total:
        return None
    listed = lists.threads(session, forum, which, offset=(number - 1) * lists.THREADS)
    return {
        "board": forum.board_of(board_id),
        "threads": listed,
        "total": total,
        "at_page": number,
        "last": last_page(total, lists.THREADS),
    }


def about(session: Session, forum: Forum, path: str) -> Page | None:
    """The threads about what stands at a path."""
    of = subjects.subject(forum, path)
    if of is None:
        return None
    return {"subject": of, "threads": lists.threads(session, forum, lists.about(of.path), limit=200)}


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
        "own": own.waiting(session, found, who.user_id),
        "at_page": number,
        "last": last_page(places, reading.POSTS),
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
        "last": last_page(total, searching.FOUND),
    }


def excerpt(session: Session, post: Post) -> Page:
    """What everybody reads of a post, in short."""
    version = reading.wordings(session, post)[-1]
    return {"thread": reading.thread_of(session, post), "version": version, "excerpt": plain(version.text)}


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


def _changed(before: Version | None, after: Version) -> tuple[Runs, Runs]:
    if before is None:
        return (("same", after.title),) if after.title else (), (("same", after.text),)
    title = difference(before.title or "", after.title or "") if before.title != after.title else ()
    return title, difference(before.text, after.text)
