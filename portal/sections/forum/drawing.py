"""Posts ready to be put on a page: pieces of HTML and cards of rows, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.forum import Forum
from portal.forum.cards import Card, card
from portal.forum.links import Named
from portal.forum.reading import Read
from portal.forum.rendering import Piece, Reader, rendered
from portal.storage.forum import Mention, Version
from portal.storage.people import User

Drawn = list[Piece | Card]


@dataclass(frozen=True)
class DrawnPost:
    """A post with what is to be shown of it."""

    read: Read
    pieces: Drawn


class Pen:
    """Draws posts of one page; each row is looked up once."""

    def __init__(self, forum: Forum, url: Callable[[str], str]) -> None:
        self._forum, self._url = forum, url
        self._cards: dict[tuple[Named, str], Card | None] = {}

    def posts(self, session: Session, posts: Iterable[Read]) -> list[DrawnPost]:
        """Posts as they are shown; tombstones have no pieces."""
        posts = list(posts)
        names = _named(session, [p.version.version_id for p in posts if p.version])
        return [DrawnPost(p, self.version(p.version, names) if p.version else []) for p in posts]

    def version(self, version: Version, names: dict[int, frozenset[str]]) -> Drawn:
        """One wording."""
        return self.text(version.text, version.pins, names.get(version.version_id, frozenset()))

    def text(self, text: str, pins: dict[str, str], names: frozenset[str] = frozenset()) -> Drawn:
        """A text whose links to rows show them as of the versions in `pins`."""

        def shown(named: Named) -> Card | None:
            key = (named, pins.get(named.path, ""))
            if key not in self._cards:
                self._cards[key] = card(self._forum.published, named, pins)
            return self._cards[key]

        def title(named: Named) -> str | None:
            found = shown(named)
            return found.name if found else None

        pieces = rendered(text, Reader(self._forum.links, title, self._url, names))
        return [(shown(p.row) or p) if p.row else p for p in pieces]


def _named(session: Session, versions: list[int]) -> dict[int, frozenset[str]]:
    """The names of those mentioned, by version."""
    found = select(Mention.version_id, User.username).join(User, User.id == Mention.user_id)
    rows = session.execute(found.where(Mention.version_id.in_(versions), User.left_at.is_(None))).all()
    return {v: frozenset(str(name) for version, name in rows if version == v) for v in {r[0] for r in rows}}
