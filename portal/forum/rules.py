"""What is taken: how long, how many links, nothing twice; how often, `pace.py` says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from markdown_it.token import Token
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from portal.forum import markdown
from portal.forum.authors import Author
from portal.forum.cleaning import cleaned, folded, has_controls, one_line
from portal.forum.links import Links, Named
from portal.forum.refusal import RefusedError
from portal.storage.clock import now
from portal.storage.forum import Version

LONGEST, MOST_LINES, LONGEST_TITLE = 20_000, 1_000, 100
FIRST_LINKS = 2
"""How many links a new member may set in one post."""
MOST_MARKS = 4_000
"""Signs that Markdown may mean something by: a text of nothing else takes as long to draw as a hundred others."""
SHARED_FROM = 40
"""From how many characters on a text that somebody else has just posted is the same one and no coincidence."""
_MARKS = "*_`~[]|<&"


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
        return frozenset(filter(None, map(self.links.elsewhere, self.addresses)))

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
    if sum(map(text.count, _MARKS)) > MOST_MARKS:
        raise RefusedError("marks")


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Version).where(*conditions)) or 0
