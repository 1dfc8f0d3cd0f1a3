"""Which of what waits is looked at: on a bad day, the few posts that are meant among a thousand that are not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from portal.storage.forum import SHOWN, Post, Version
from portal.storage.like import literally

NEW, KNOWN = "new", "known"
LONGEST = 100


@dataclass(frozen=True)
class Sieve:
    """Wordings with these words in title or text, by members of whom nothing has appeared yet or something has."""

    words: str = ""
    who: str = ""

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What holds of them."""
        return [*([_has(self.words)] if self.words else []), *([_is(self.who)] if self.who in (NEW, KNOWN) else [])]


def _has(words: str) -> ColumnElement[bool]:
    part = f"%{literally(words.lower())}%"
    return or_(*(func.lower(column).like(part, escape="\\") for column in (Version.text, Version.title)))


def _is(who: str) -> ColumnElement[bool]:
    theirs = aliased(Post)
    appeared = select(theirs.post_id).where(theirs.user_id == Version.user_id, theirs.state == SHOWN).exists()
    return appeared if who == KNOWN else ~appeared
