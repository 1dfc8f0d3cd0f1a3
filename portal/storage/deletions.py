"""Accounts that were deleted: a hash each, nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.storage.base import Base


class Deletion(Base):
    """An account that was deleted; `erased_at` is when nothing of it was left in the database's own log."""

    __tablename__ = "deletion"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
