"""What other pages show of the forum: the newest threads, and those about what a page is of."""

from __future__ import annotations

from typing import Any

from portal.forum import lists
from portal.frame.door import private
from portal.sections.forum.door import forum
from portal.sections.forum.views import blueprint
from portal.storage.failing import spared

SHOWN, NEWEST = 5, 5


@spared(lambda: {"threads": [], "total": 0})
def discussion(path: str) -> dict[str, Any]:
    """The threads about what stands at a path: the first of them and how many there are."""
    with private().storage.session() as session:
        which = lists.about(path)
        threads = lists.threads(session, forum(), which, limit=SHOWN)
        return {"threads": threads, "total": lists.count(session, which)}


@spared(list)
def newest_threads() -> list[lists.Listed]:
    """The threads that were begun last."""
    with private().storage.session() as session:
        return lists.newest(session, forum(), NEWEST)


blueprint.app_context_processor(lambda: {"discussion": discussion, "newest_threads": newest_threads})
