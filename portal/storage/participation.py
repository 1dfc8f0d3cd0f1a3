"""What the public asks for: requests, what was done with each, and consultations."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.storage.base import Base


class Consultation(Base):
    """A draft that the public may comment on until it closes, and what became of it."""

    __tablename__ = "consultation"

    consultation_id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    body_text: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    closes_on: Mapped[date]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    result_text: Mapped[str] = mapped_column(Text, default="")
    result_at: Mapped[datetime | None]


class CitizenRequest(Base):
    """One request of one person. Only `public_text`, `answer_text` and the cell itself are ever shown to others."""

    __tablename__ = "citizen_request"
    __table_args__ = (
        Index("ix_citizen_request_state_due_on", "state", "due_on"),
        Index("ix_citizen_request_row", "collection", "row_id"),
        Index("ix_citizen_request_correction", "collection", "correction_id"),
        # A number that was given is never given again.
        {"sqlite_autoincrement": True},
    )

    request_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    received_at: Mapped[datetime]
    due_on: Mapped[date]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]

    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    """The account that it was sent with; a guest has the tracking code alone."""
    person_name: Mapped[str] = mapped_column(String(60), default="")
    mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    wants_mail: Mapped[bool] = mapped_column(default=False)
    may_publish: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None] = mapped_column(String(5))
    """The language of the page on which it was written: letters about it are in that language."""

    subject: Mapped[str] = mapped_column(String(120), default="")
    body_text: Mapped[str] = mapped_column(Text, default="")
    evidence_text: Mapped[str] = mapped_column(Text, default="")

    collection: Mapped[str] = mapped_column(String(100), default="")
    table_name: Mapped[str] = mapped_column(String(100), default="")
    row_id: Mapped[str] = mapped_column(String(200), default="")
    column_name: Mapped[str] = mapped_column(String(100), default="")
    version: Mapped[str] = mapped_column(String(40), default="")
    shown_text: Mapped[str] = mapped_column(Text, default="")
    proposed_text: Mapped[str] = mapped_column(Text, default="")

    consultation_id: Mapped[int | None] = mapped_column(
        ForeignKey("consultation.consultation_id", ondelete="CASCADE"), index=True
    )

    is_public: Mapped[bool] = mapped_column(default=False)
    """Whether staff released it; before that, number, kind and state are all that others can see."""
    public_text: Mapped[str] = mapped_column(Text, default="")
    answer_text: Mapped[str] = mapped_column(Text, default="")

    accepted_text: Mapped[str] = mapped_column(Text, default="")
    accepted_version: Mapped[str] = mapped_column(String(40), default="")
    """The version that was served when the correction was recorded: a later one carries it."""
    correction_id: Mapped[str] = mapped_column(String(40), default="")
    released_version: Mapped[str] = mapped_column(String(40), default="")

    events: Mapped[list[RequestEvent]] = relationship(order_by="RequestEvent.event_id", cascade="all, delete-orphan")

    @property
    def number(self) -> str:
        """What people call it by."""
        return f"{self.year}-{self.request_id:06}"


class RequestEvent(Base):
    """Something that happened to a request: who did what when, with what words, and who may read them."""

    __tablename__ = "request_event"

    event_id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("citizen_request.request_id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(30))
    role: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Text, default="")
    for_staff: Mapped[bool] = mapped_column(default=False)
    """Whether the words are a note among staff, which the sender does not read either."""
