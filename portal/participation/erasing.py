"""Takes out of a request what tells of a person; what staff released of it stays."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.participation.states import CITIZEN
from portal.storage.mail import Message
from portal.storage.participation import CitizenRequest

PERSONAL = ("person_name", "mail", "phone", "body_text", "evidence_text")


def erase(session: Session, found: CitizenRequest) -> None:
    """Delete who sent it, what was written and said in private, and messages that still wait."""
    if found.mail:
        session.execute(delete(Message).where(Message.recipient == found.mail, Message.subject.contains(found.number)))
    for column in PERSONAL:
        setattr(found, column, "")
    found.wants_mail = False
    if not found.is_public:
        found.subject = found.proposed_text = ""
    for event in found.events:
        event.words = "" if event.role == CITIZEN or event.action == "ask" else event.words
