"""What is taken: how long, how often, how many links, nothing twice; new members less than others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlsplit

from markdown_it.token import Token
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal.forum import markdown
from portal.forum.authors import Author
from portal.forum.cleaning import cleaned, folded, has_controls, one_line
from portal.forum.links import Links, Named
from portal.forum.refusal import RefusedError
from portal.storage.clock import now
from portal.storage.forum import Post, Thread, Version

LONGEST, MOST_LINES, LONGEST_TITLE = 20_000, 1_000, 100
A_MINUTE, AN_HOUR = 5, 60
"""Wordings that a member may submit in a minute and in an hour, edits included."""
FIRST_THREADS, FIRST_REPLIES, FIRST_IN_THREAD, FIRST_LINKS = 3, 10, 3, 2
"""What a new member may do in a day, in one thread, in one post."""
SHARED_FROM = 40
"""From how many characters on a text that somebody else has just posted is the same one and no coincidence."""


@dataclass(frozen=True)
class Draft:
    """A text as it was checked, and what it links to."""

    text: str
    links: Links
    title: str | None = None

    @cached_property
    def tokens(self) -> list[Token]:
        """The text as Markdown."""
        return markdown.parsed(self.text)

    @cached_property
    def addresses(self) -> list[str]:
        """Where it links to."""
        return list(markdown.addresses(self.tokens, self.links))

    @property
    def rows(self) -> list[Named]:
        """The rows that it links to."""
        return [named for a in self.addresses if (named := self.links.named(a))]

    @property
    def hosts(self) -> frozenset[str]:
        """Where it leads to beyond this site."""
        return frozenset(urlsplit(a).hostname or "" for a in self.addresses if self.links.is_elsewhere(a))

    @property
    def text_hash(self) -> str:
        """What tells whether the same was said before."""
        return hashlib.sha256(folded(f"{self.title or ''}\n{self.text}").encode()).hexdigest()


def draft(text: str, links: Links, title: str | None = None) -> Draft:
    """A text as it would be kept; RefusedError says what is wrong with it. A `title` is that of a thread."""
    if has_controls(text) or has_controls(title or ""):
        raise RefusedError("control")
    text, title = cleaned(text), None if title is None else one_line(title)
    _check_length(text, title)
    made = Draft(text, links, title)
    if markdown.depth(made.tokens) > markdown.DEEPEST:
        raise RefusedError("deep")
    return made


def check_pace(session: Session, author: Author) -> None:
    """Refuse what comes too fast."""
    if author.is_moderator:
        return
    mine = Version.user_id == author.user_id
    for code, most, span in (("flood", A_MINUTE, timedelta(minutes=1)), ("hourly", AN_HOUR, timedelta(hours=1))):
        if _count(session, mine, Version.written_at > now() - span) >= most:
            raise RefusedError(code)


def check_new(session: Session, author: Author, made: Draft, thread_id: int | None = None) -> None:
    """Refuse what is too much for a new member; `thread_id` where they reply."""
    if not author.is_new:
        return
    check_links(author, made)
    since, mine = Post.written_at > now() - timedelta(hours=24), Post.user_id == author.user_id
    begun = select(func.count()).select_from(Thread).where(Thread.user_id == author.user_id)
    threads = session.scalar(begun.where(Thread.begun_at > now() - timedelta(hours=24))) or 0
    if thread_id is None and threads >= FIRST_THREADS:
        raise RefusedError("first_threads")
    replies = session.scalar(select(func.count()).select_from(Post).where(mine, since)) or 0
    if thread_id is not None and replies - threads >= FIRST_REPLIES:
        raise RefusedError("first_replies")
    opened = select(func.min(Post.post_id)).where(Post.thread_id == thread_id).scalar_subquery()
    there = select(func.count()).select_from(Post).where(mine, Post.thread_id == thread_id, Post.post_id != opened)
    if thread_id is not None and (session.scalar(there) or 0) >= FIRST_IN_THREAD:
        raise RefusedError("thread_replies")


def check_links(author: Author, made: Draft) -> None:
    """Refuse more links than a new member may set."""
    if author.is_new and sum(map(made.links.is_elsewhere, made.addresses)) > FIRST_LINKS:
        raise RefusedError("many_links")


def check_duplicate(session: Session, author: Author, made: Draft) -> None:
    """Refuse what the member has said lately, and what somebody else has just said at length."""
    same, at = Version.text_hash == made.text_hash, Version.written_at
    mine = _count(session, same, Version.user_id == author.user_id, at > now() - timedelta(days=30))
    others = _count(session, same, at > now() - timedelta(hours=24)) if len(made.text) >= SHARED_FROM else 0
    if mine or others:
        raise RefusedError("duplicate")


def _check_length(text: str, title: str | None) -> None:
    if title is not None and not title:
        raise RefusedError("no_title")
    if title is not None and len(title) > LONGEST_TITLE:
        raise RefusedError("long_title")
    if not text.strip():
        raise RefusedError("empty")
    if len(text) > LONGEST or text.count("\n") >= MOST_LINES:
        raise RefusedError("long")


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Version).where(*conditions)) or 0
