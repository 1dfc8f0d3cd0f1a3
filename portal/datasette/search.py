"""`_search=研发`: Datasette's search looks for the pairs of characters under which Chinese is indexed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from etl.bigrams import match_expression
from portal.datasette.hooks import hook

LONGEST = 200
NOTHING = '""'
"""The expression that finds nothing; an empty one would be an error."""


@hook(last=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Put our own `escape_fts` in the place of Datasette's, which takes a run of Chinese for one word."""
    conn.create_function("escape_fts", 1, _expression, deterministic=True)


@hook()
def asgi_wrapper(datasette: Any) -> Callable[[ASGIApp], ASGIApp]:
    """Take a search box that was left empty for no search."""

    def wrapped(app: ASGIApp) -> ASGIApp:
        async def searching(scope: Scope, receive: Receive, send: Send) -> None:
            asked = scope.get("query_string", b"").split(b"&")
            query = b"&".join(part for part in asked if part != b"_search=")
            await app({**scope, "query_string": query}, receive, send)

        return searching

    return wrapped


def _expression(query: object) -> str:
    return match_expression(str(query or "")[:LONGEST]) or NOTHING
