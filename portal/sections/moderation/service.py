"""What the moderators' pages show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.forum import Forum, queue, reading, rules
from portal.forum.authors import standing_of
from portal.forum.differences import Run, difference
from portal.forum.queue import Reported, Waiting
from portal.sections.forum.drawing import Drawn, Pen
from portal.sections.forum.own import own_post
from portal.storage.forum import Post, Report, Thread, Version
from portal.storage.paging import last_page
from portal.storage.people import User

Page = dict[str, Any]
LAST = 20


@dataclass(frozen=True)
class Item:
    """Something to decide on: how it looks, where it leads to beyond this site, what an edit changed."""

    of: Waiting
    pieces: Drawn
    hosts: tuple[str, ...]
    runs: tuple[Run, ...]


def waiting(forum: Forum, found: list[Waiting], url: Callable[[str], str]) -> list[Item]:
    """Wordings that wait, drawn."""
    pen = Pen(forum, url)
    return [_item(forum, pen, one) for one in found]


def seen(
    session: Session, forum: Forum, found: list[Reported], url: Callable[[str], str]
) -> list[tuple[Reported, Drawn]]:
    """Reported or hidden posts, drawn."""
    pen = Pen(forum, url)
    return [(one, pen.text(one.version.text, one.version.pins) if one.version else []) for one in found]


def post(session: Session, forum: Forum, found: Post, url: Callable[[str], str]) -> Page:
    """A post with every wording, whatever its state, and the reports of it."""
    versions = session.scalars(
        select(Version).where(Version.post_id == found.post_id).order_by(Version.number.desc())
    ).all()
    reports = session.scalars(select(Report).where(Report.post_id == found.post_id).order_by(Report.report_id)).all()
    author = session.get(User, found.user_id) if found.user_id else None
    pen = Pen(forum, url)
    return {
        "post": found,
        "thread": session.get_one(Thread, found.thread_id),
        "author": reading.name_of(author),
        "versions": [(v, pen.text(v.text, v.pins)) for v in versions],
        "reports": reports,
    }


def member(session: Session, found: User) -> Page:
    """A member, how they stand, and what they wrote last."""
    posts = select(Post, Thread).join(Thread, Thread.thread_id == Post.thread_id).where(Post.user_id == found.id)
    rows = session.execute(posts.order_by(Post.post_id.desc()).limit(LAST)).all()
    states = select(Post.state, func.count()).where(Post.user_id == found.id).group_by(Post.state)
    return {
        "member": found,
        "name": reading.name_of(found),
        "standing": standing_of(session, found.id),
        "posts": [own_post(session, p, t) for p, t in rows],
        "states": [(state, number) for state, number in session.execute(states)],
    }


def paging(total: int, number: int, size: int = queue.PAGE) -> Page:
    """Which page it is, and of how many."""
    last = last_page(total, size)
    return {"at_page": min(number, last), "last": last}


def _item(forum: Forum, pen: Pen, one: Waiting) -> Item:
    version, before = one.version, one.before
    made = rules.Draft(version.text, forum.links, version.title)
    runs = difference(before.text, version.text) if before else ()
    return Item(one, pen.text(version.text, version.pins), tuple(sorted(made.hosts)), runs)
