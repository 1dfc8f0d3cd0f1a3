"""Search in shown posts: pairs of 汉字 in a table of words that any database has, then the words as they stand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from etl.bigrams import sought
from portal.forum.publishing import LONGEST_TOKEN
from portal.forum.reading import Read, name_of
from portal.storage.forum import SHOWN, Post, Thread, Version, Word
from portal.storage.people import User

FOUND = 20
MOST_WORDS = 8
Hit = tuple[Thread, Read]


def search(session: Session, query: str, limit: int = FOUND, offset: int = 0) -> tuple[int, list[Hit]]:
    """How many shown posts hold every word of the query, and those on a page, the newest first."""
    words = sought(query)[:MOST_WORDS]
    if not words:
        return 0, []
    matching = [_holds(word, tokens) for word, tokens in words]
    total = session.scalar(_within(select(func.count()).select_from(Post), matching)) or 0
    shown = (Version.post_id == Post.post_id) & (Version.number == Post.shown)
    whole = select(Thread, Post, Version, User).select_from(Post).join(Version, shown)
    whole = whole.outerjoin(User, User.id == Post.user_id)
    page = _within(whole, matching).order_by(Post.post_id.desc()).limit(limit).offset(offset)
    rows = session.execute(page).all()
    return total, [(thread, Read(post, version, name_of(user), 0)) for thread, post, version, user in rows]


def _within(statement: Any, matching: list[ColumnElement[bool]]) -> Any:
    joined = statement.join(Thread, Thread.thread_id == Post.thread_id)
    return joined.where(Post.state == SHOWN, Thread.state == SHOWN, *matching)


def _holds(word: str, tokens: list[str]) -> ColumnElement[bool]:
    """That a post holds a word: by its tokens where it has any, and as it stands, since pairs may lie apart."""
    stands = Post.search_text.contains(word, autoescape=True)
    if not tokens:
        return stands
    wanted = sorted({t[:LONGEST_TOKEN] for t in tokens})
    having = select(Word.post_id).where(Word.token.in_(wanted)).group_by(Word.post_id)
    return Post.post_id.in_(having.having(func.count() == len(wanted))) & stands
