"""What members keep at hand: kept, dropped, listed, taken over from a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.favourites.pages import Page, changes_since, is_withdrawn, page_at
from portal.published import Published
from portal.storage.clock import now
from portal.storage.usage import Favourite

MOST = 500
LONGEST_TITLE = 300
_VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9}){2}", re.ASCII)


class TooManyError(Exception):
    """A member who keeps as many pages as can be kept."""


@dataclass(frozen=True)
class Kept:
    """A page that is kept, what stands there now, and how often it changed since the version that was kept."""

    favourite: Favourite
    page: Page | None
    changes: int | None
    is_withdrawn: bool


def keep(session: Session, user_id: int, page: Page, version: str | None = None) -> None:
    """Keep a page, at the current version unless another is said; one that is kept already stays as it is."""
    if is_kept(session, user_id, page.path):
        return
    if session.scalar(select(func.count()).where(Favourite.user_id == user_id)) == MOST:
        raise TooManyError
    title = page.title[:LONGEST_TITLE]
    at = page.version if version is None else version
    new = insert(Favourite).values(user_id=user_id, path=page.path, title=title, version=at, kept_at=now())
    # Another click may come first.
    with suppress(IntegrityError), session.begin_nested():
        session.execute(new)


def drop(session: Session, user_id: int, path: str) -> None:
    """Keep a page no longer."""
    session.execute(delete(Favourite).where(Favourite.user_id == user_id, Favourite.path == path))


def is_kept(session: Session, user_id: int, path: str) -> bool:
    """Whether a member keeps a page."""
    return session.get(Favourite, (user_id, path)) is not None


def kept(session: Session, user_id: int) -> list[Favourite]:
    """What a member keeps, the newest first."""
    mine = select(Favourite).where(Favourite.user_id == user_id)
    return list(session.scalars(mine.order_by(Favourite.kept_at.desc(), Favourite.path)))


def shown(published: Published, favourites: Iterable[Favourite]) -> list[Kept]:
    """What is kept, beside what is published now."""
    return [_beside(published, f) for f in favourites]


def take_over(session: Session, published: Published, user_id: int, text: str) -> int:
    """Keep what a browser kept, a list of paths and versions as JSON; how many pages of it there are."""
    found = [(page_at(published, path), version) for path, version in browsers(text)]
    known = [(page, version) for page, version in found if page is not None]
    for page, version in known:
        keep(session, user_id, page, version)
    return len(known)


def browsers(text: str) -> list[tuple[str, str]]:
    """The paths and versions that a browser sends; what is none is left out.

    >>> browsers('[{"path": "/targets/a", "version": "1.0.0"}, {"path": 1}, "x"]'), browsers("nonsense")
    ([('/targets/a', '1.0.0')], [])
    """
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return []
    items = [i for i in sent[:MOST] if isinstance(i, dict)] if isinstance(sent, list) else []
    return [(i["path"], _version(i.get("version"))) for i in items if isinstance(i.get("path"), str)]


def _version(sent: object) -> str:
    return sent if isinstance(sent, str) and _VERSION.fullmatch(sent) else ""


def _beside(published: Published, favourite: Favourite) -> Kept:
    page = page_at(published, favourite.path)
    changes = changes_since(published, favourite.path, favourite.version)
    return Kept(favourite, page, changes, page is None and is_withdrawn(published, favourite.path))
