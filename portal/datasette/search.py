"""`_search=研发`: Datasette's search looks for the pairs of characters under which Chinese is indexed."""

from __future__ import annotations

import sqlite3

from etl.bigrams import match_expression
from portal.datasette.hooks import hook


@hook(last=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Put our own `escape_fts` in the place of Datasette's, which takes a run of Chinese for one word."""
    conn.create_function("escape_fts", 1, _expression, deterministic=True)


def _expression(query: object) -> str:
    return match_expression(str(query or "")[:200])
