"""Queries that were cited: each once, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.storage.base import Base


class StoredQuery(Base):
    """A statement over a release, and what its result was when it was cited; `stored_at` is UTC to the second."""

    __tablename__ = "query"
    __table_args__ = (Index("ix_query_collection_version", "collection", "version"),)

    query_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    collection: Mapped[str] = mapped_column(String(100))
    version: Mapped[str] = mapped_column(String(40))
    content_hash: Mapped[str] = mapped_column(String(64))
    sql_text: Mapped[str] = mapped_column(Text)
    normalised_text: Mapped[str] = mapped_column(Text)
    parameters: Mapped[dict[str, str]] = mapped_column(JSON)
    columns: Mapped[list[str]] = mapped_column(JSON)
    row_count: Mapped[int]
    result_hash: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[str] = mapped_column(String(20))

    def cells(self) -> dict[str, Any]:
        """The whole record."""
        return {column.key: getattr(self, column.key) for column in self.__table__.columns}


def find(session: Session, query_id: str) -> StoredQuery | None:
    """The query of that id."""
    return session.get(StoredQuery, query_id)


def every(session: Session) -> Iterator[StoredQuery]:
    """All queries, by id."""
    yield from session.scalars(select(StoredQuery).order_by(StoredQuery.query_id))


def count(session: Session) -> int:
    """How many queries there are."""
    return session.scalar(select(func.count()).select_from(StoredQuery)) or 0
