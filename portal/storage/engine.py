"""The database of the portal's own data: SQLite in `var/private/`, or another one by DATABASE_URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

FILE = "portal.db"
PRAGMAS = (
    "journal_mode = WAL",
    # What was acknowledged outlives a power cut: with NORMAL the last moments before one could be lost.
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 5000",
    "secure_delete = ON",
)


class StorageError(Exception):
    """A database that can't be used; the message is a sentence for people."""


@dataclass(frozen=True)
class Storage:
    """An open database."""

    engine: Engine
    sessions: sessionmaker[Session]

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: kept when the block ends well, undone when it does not."""
        with self.sessions.begin() as session:
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def database_url(private: Path) -> str:
    """Where the data are kept: DATABASE_URL, else a file in the private folder.

    >>> os.environ.pop("DATABASE_URL", None) and None
    >>> database_url(Path("/var/private"))
    'sqlite:////var/private/portal.db'
    """
    given = os.environ.get("DATABASE_URL", "")
    # Hosters still write the name that SQLAlchemy gave up.
    given = given.replace("postgres://", "postgresql://", 1)
    return given.replace("postgresql://", "postgresql+psycopg://", 1) or f"sqlite:///{private / FILE}"


def open_storage(url: str) -> Storage:
    """Open a database; a SQLite file is made where there is none, for its owner alone."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            _make_file(Path(parsed.database))
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    except (ArgumentError, ModuleNotFoundError) as error:
        raise StorageError(
            "DATABASE_URL 写得不对：例如 postgresql://用户:密码@主机/库名；不写则用本机文件。"
        ) from error
    except OSError as error:
        raise StorageError(f"{error.filename} 不能写（{error.strerror}）：请检查目录和权限。") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    return Storage(engine, sessionmaker(engine, expire_on_commit=False))


def _make_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)


def _prepare(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
