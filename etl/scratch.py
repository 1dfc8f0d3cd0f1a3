"""A place on the disk for what would fill the memory: a database without a name, gone with the process that made it."""

from __future__ import annotations

import sqlite3

_CACHE_KILOBYTES = 8000


def scratch() -> sqlite3.Connection:
    """An empty database that nobody else can open and that is never written to the end; not even a kill leaves it."""
    database = sqlite3.connect("", isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KILOBYTES}"):
        database.execute(f"PRAGMA {setting}")
    database.execute("BEGIN")
    return database
