"""Limits of every connection: how large a value or a statement may be, and which functions no one may call.

Datasette's time limit does not see memory: `select zeroblob(900000000)` alone would end the process.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from portal.datasette.hooks import hook

LARGEST_VALUE = 131_072
HEAP = 64_000_000
"""Bytes that SQLite may hold in the whole process: aggregates outgrow the limit of a value before they are measured."""
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LARGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 30,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 2_000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 5,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
DENIED_FUNCTIONS = frozenset(
    {
        *("zeroblob", "randomblob", "printf", "format"),
        *("load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"),
        *("sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_source_id", "sqlite_log", "sqlite_offset"),
    }
)
PRAGMAS = frozenset(
    {
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"),
        *("schema_version", "data_version", "encoding", "user_version", "application_id"),
        *("page_count", "page_size", "freelist_count"),
    }
)
"""Pragmas that say something of the data; others name files, or change how SQLite works."""


@hook()
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Set the limits; nothing can lift them through SQL."""
    conn.execute(f"PRAGMA hard_heap_limit = {HEAP}")
    for limit, value in LIMITS.items():
        conn.setlimit(limit, value)
    conn.set_authorizer(authorised)


def authorised(action: int, first: str | None, second: str | None, _database: Any, _trigger: Any) -> int:
    """Whether SQLite may do that: all but what is denied, or schemas and virtual tables could not be loaded."""
    if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in DENIED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
