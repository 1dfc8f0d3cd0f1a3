"""A stored query as a work to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cite import Work
from portal.published.citing import Citing, papers_named
from portal.storage.queries import StoredQuery

if TYPE_CHECKING:
    from portal.queries.store import Again, Queries


def cited(by: Citing, queries: Queries, again: Again) -> Work | None:
    """The query as a work to cite; the papers that rows of its result were read from go with it."""
    opened = queries.opened(again.query)
    if opened is None:
        return None
    columns, rows = (again.result.columns, again.result.rows) if again.result else ((), ())
    papers = papers_named(opened, columns, rows, by.site.address)
    return by.query(opened, again.query.query_id, title_of(again.query), papers)


def title_of(query: StoredQuery) -> str:
    """What to call a query."""
    return f"查询 {query.query_id}"
