"""What a database holds, by hash: the same wherever and however the rows stand."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Connection, inspect

ALEMBIC = "alembic_version"


def is_made(connection: Connection) -> bool:
    """Whether the portal has made its tables there."""
    return bool(inspect(connection).has_table(ALEMBIC))


def revision(connection: Connection) -> str:
    """The step that a database's tables are at."""
    return str(connection.exec_driver_sql(f"SELECT version_num FROM {ALEMBIC}").scalar_one())  # noqa: S608


def hashes(connection: Connection) -> dict[str, str]:
    """The hash of each table's rows, in whatever order they come."""
    tables = sorted(set(inspect(connection).get_table_names()) - {ALEMBIC})
    return {table: _hash(connection, table) for table in tables}


def _hash(connection: Connection, table: str) -> str:
    quote = connection.dialect.identifier_preparer.quote
    columns = sorted(str(c["name"]) for c in inspect(connection).get_columns(table))
    # Cells as the database gives them, whatever its tables were when the backup was made.
    statement = f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}"  # noqa: S608
    rows = connection.execution_options(yield_per=1000).exec_driver_sql(statement)
    digests = sorted(hashlib.sha256(_text(tuple(row)).encode()).digest() for row in rows)
    return hashlib.sha256(b"".join(digests)).hexdigest()


def _text(row: tuple[Any, ...]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> str:
    """Times, days and bytes, which JSON does not have."""
    return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)
