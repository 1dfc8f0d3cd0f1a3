"""What requests tell of people: given out whole, and taken out when an account goes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.participation.erasing import erase
from portal.participation.finding import of_member
from portal.participation.kinds import CORRECTION
from portal.participation.states import UNDECIDED, State
from portal.personal import Part
from portal.storage.clock import now
from portal.storage.participation import CitizenRequest, RequestEvent

_TOLD = (
    *("number", "kind", "state", "person_name", "mail", "phone", "wants_mail", "may_publish", "subject", "body_text"),
    *("language", "evidence_text", "collection", "table_name", "row_id", "column_name", "shown_text", "proposed_text"),
    *("is_public", "public_text", "answer_text", "correction_id", "released_version"),
)


def export(session: Session, user_id: int) -> list[dict[str, Any]]:
    """All that an account has sent, with what was said to it."""
    return [_told(found) for found in of_member(session, user_id)]


def forget(session: Session, user_id: int) -> None:
    """Keep of its requests only what staff released; what nobody can handle any more is withdrawn."""
    for found in of_member(session, user_id):
        if found.state in UNDECIDED and found.kind != CORRECTION and not found.is_public:
            found.state, found.closed_at = State.WITHDRAWN, now()
        found.user_id = None
        erase(session, found)
    session.flush()
    # What an account did as staff stays in the history, by its role.
    session.execute(update(RequestEvent).where(RequestEvent.user_id == user_id).values(user_id=None))


def _told(found: CitizenRequest) -> dict[str, Any]:
    said = [
        {"at": f"{e.at.isoformat(timespec='seconds')}Z", "action": e.action, "role": e.role, "words": e.words}
        for e in found.events
        if not e.for_staff
    ]
    times = {"received_at": f"{found.received_at.isoformat(timespec='seconds')}Z", "due_on": found.due_on.isoformat()}
    return {**{name: getattr(found, name) for name in _TOLD}, **times, "history": said}


PART: Part = Part("requests", export, forget)
