"""Gives up for good what was deleted: SQLite's log and PostgreSQL's dead rows still hold it for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from portal.storage.base import Base
from portal.storage.engine import Storage

PATIENCE_MS = 100
MARGIN = timedelta(seconds=5)
"""How long before it is kept a deletion may have been dated, and how far two clocks may be apart."""
_OLDER = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_xmin IS NOT NULL AND xact_start < :moment"
)


def clear(storage: Storage, since: datetime) -> bool:
    """Clear what was deleted until a moment; False where a reader who began before is in the way for a while."""
    if storage.engine.dialect.name == "sqlite":
        return _empty_log(storage)
    return _vacuum(storage, since.replace(tzinfo=UTC) + MARGIN)


def _empty_log(storage: Storage) -> bool:
    """Deleted bytes in the file itself SQLite overwrites at once."""
    with storage.engine.connect() as connection:
        # A connection of its own, closed afterwards: it waits for readers only so long.
        connection.detach()
        connection.execute(text(f"PRAGMA busy_timeout = {PATIENCE_MS}"))
        busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
    return not busy


def _vacuum(storage: Storage, moment: datetime) -> bool:
    """PostgreSQL would do it some day by itself; while an older transaction is open, it could not."""
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.execute(_OLDER, {"moment": moment}).scalar_one():
            return False
        for table in Base.metadata.sorted_tables:
            connection.execute(text(f"VACUUM (ANALYZE) {table.name}"))
    return True
