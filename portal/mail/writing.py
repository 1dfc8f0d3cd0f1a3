"""Writes a message in the transaction of what it tells: both are kept, or neither."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.storage.clock import now
from portal.storage.mail import Message

LONGEST_SUBJECT = 200


def write(session: Session, recipient: str, subject: str, body: str) -> None:
    """Keep a message to send; line ends in what becomes a header are spaces."""
    line = " ".join(subject.split())[:LONGEST_SUBJECT]
    moment = now()
    message = Message(recipient=recipient, subject=line, body_text=body, written_at=moment, not_before=moment, tries=0)
    session.add(message)
