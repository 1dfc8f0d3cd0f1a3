"""Messages to people: kept in the same transaction as what they tell, sent afterwards, then forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.storage.base import Base


class Message(Base):
    """A message that waits to be sent; `not_before` moves on with each try that failed."""

    __tablename__ = "message"
    # Letters are told apart by number: a number that was given is never given again.
    __table_args__ = ({"sqlite_autoincrement": True},)

    message_id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(200))
    body_text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    not_before: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
