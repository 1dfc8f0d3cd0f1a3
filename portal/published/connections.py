"""Read-only connections to published databases: one per thread and collection, replaced when a new build is out."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

CACHE_KB = 500
"""Each connection's own cache: there may be dozens, and the system caches the file for all of them."""


def connect(database: Path) -> sqlite3.Connection:
    """A connection to a build's database, which nothing can write through: builds never change."""
    uri = f"{database.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    return connection


class Connections:
    """Each thread's open connections, by collection; that of an earlier build is closed when the next is asked for."""

    def __init__(self) -> None:
        self._local = threading.local()

    def to(self, collection: str, database: Path) -> sqlite3.Connection:
        """This thread's connection to the collection's database."""
        opened: dict[str, tuple[Path, sqlite3.Connection]] = self._local.__dict__
        path, connection = opened.get(collection, (None, None))
        if connection is not None and path == database:
            return connection
        if connection is not None:
            connection.close()
        opened[collection] = (database, connect(database))
        return opened[collection][1]
