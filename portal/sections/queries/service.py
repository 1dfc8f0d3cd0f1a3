"""What a request to cite a query asks for, and what its landing page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from etl.bigrams import match_expression
from portal.frame.citing import citing, forms
from portal.published import Published
from portal.published.search import statement
from portal.queries.asked import Asked
from portal.queries.citing import cited
from portal.queries.refusal import QueryRefusedError
from portal.storage.queries import StoredQuery

if TYPE_CHECKING:
    from portal.queries.store import Queries

PARAMETER = "param_"
SHOWN = 100
_PAGE_SIZE = re.compile(r"\s+limit\s+\d+\s*;?\s*$", re.IGNORECASE)


def asked(published: Published, form: Mapping[str, str]) -> Asked:
    """The query of a form: free SQL, a page of a table (without its limit), or a search."""
    collection, version = form.get("collection", "")[:100], form.get("version", "")[:40]
    if "q" in form:
        return _search(published, collection, version, form["q"][:100], form.get("table", ""))
    sql = form.get("sql", "")
    parameters = {k.removeprefix(PARAMETER): v for k, v in form.items() if k.startswith(PARAMETER)}
    return Asked(collection, version, _PAGE_SIZE.sub("", sql) if "whole" in form else sql, parameters)


def landing(queries: Queries, query: StoredQuery) -> dict[str, Any]:
    """The query run again, and how to cite it."""
    again = queries.lately(query)
    work = cited(citing(), queries, again)
    return {
        "stored": query,
        "again": again,
        "asked": urlencode({"sql": query.sql_text, **query.parameters}),
        "rows": again.result.rows[:SHOWN] if again.result else (),
        "citation": forms(work) if work else None,
    }


def _search(published: Published, collection: str, version: str, words: str, table: str) -> Asked:
    opened = published.versions.at(collection, version)
    found = statement(opened, table or None) if opened else None
    if found is None:
        raise QueryRefusedError("只能引用在已发布版本中的搜索：草稿还会变，不能引用。")
    return Asked(collection, version, found, {"words": match_expression(words) or '""'})
