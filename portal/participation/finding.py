"""Looks requests up: by number, by tracking code, for the public, for staff, for a member, for a row."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.participation.codes import fits
from portal.participation.kinds import COMMENT
from portal.participation.states import State
from portal.storage.like import literally
from portal.storage.paging import Page, page
from portal.storage.participation import CitizenRequest

PAGE, DESK_PAGE = 20, 100
WAITING, WORKING, DONE, REFUSED, WITHDRAWN = "waiting", "working", "done", "refused", "withdrawn"
PUBLIC = {
    WAITING: (State.WAITING,),
    WORKING: (State.WORKING, State.FORWARDED, State.ACCEPTED),
    DONE: (State.DONE,),
    REFUSED: (State.REFUSED,),
    WITHDRAWN: (State.WITHDRAWN,),
}
"""The states that the public sees, and what lies behind each."""
NUMBER = re.compile(r"\s*(\d{4})\s*-\s*(\d{1,9})\s*", re.ASCII)
_R = CitizenRequest
_WRITTEN = (_R.subject, _R.body_text, _R.evidence_text, _R.proposed_text, _R.row_id)


def public_state(state: str) -> str:
    """The state as the public sees it."""
    return next((shown for shown, behind in PUBLIC.items() if state in behind), WAITING)


def by_number(session: Session, number: str) -> CitizenRequest | None:
    """The request of a number; none for what is no number."""
    told = NUMBER.fullmatch(number)
    found = session.get(_R, int(told[2])) if told else None
    return found if found is not None and told is not None and found.year == int(told[1]) else None


def seen_by_all(session: Session, number: str) -> CitizenRequest | None:
    """The request of a number whose state anybody may know."""
    found = by_number(session, number)
    return found if found is not None and found.state != State.SPAM and found.kind != COMMENT else None


def tracked(session: Session, number: str, code: str) -> CitizenRequest | None:
    """The request of a number for whoever has its code."""
    found = by_number(session, number)
    return found if found is not None and fits(code, found.code_hash) else None


def listed(session: Session, state: str | None, kind: str | None, number: int) -> Page[CitizenRequest]:
    """The requests that staff released, the newest first."""
    wanted = select(_R).where(_R.is_public, _R.kind != COMMENT, _R.state != State.SPAM)
    wanted = wanted.where(_R.state.in_(PUBLIC[state])) if state in PUBLIC else wanted
    wanted = wanted.where(_R.kind == kind) if kind else wanted
    return page(session, wanted.order_by(_R.request_id.desc()), number, PAGE)


def queue(
    session: Session, states: Iterable[State], kinds: Iterable[str], number: int, words: str = ""
) -> Page[CitizenRequest]:
    """Requests of these kinds in these states, with these words in what was written, those that are due first."""
    wanted = select(_R).where(_R.state.in_(tuple(states)), _R.kind.in_(tuple(kinds)))
    if words:
        part = f"%{literally(words.lower())}%"
        wanted = wanted.where(or_(*(func.lower(column).like(part, escape="\\") for column in _WRITTEN)))
    return page(session, wanted.order_by(_R.due_on, _R.request_id), number, DESK_PAGE)


def of_member(session: Session, user_id: int) -> list[CitizenRequest]:
    """What an account has sent, the newest first."""
    return list(session.scalars(select(_R).where(_R.user_id == user_id).order_by(_R.request_id.desc())))


def of_row(session: Session, collection: str, row_id: str) -> list[CitizenRequest]:
    """The public requests about a row, the newest first."""
    about = select(_R).where(_R.collection == collection, _R.row_id == row_id, _R.is_public)
    return list(session.scalars(about.order_by(_R.request_id.desc()).limit(PAGE)))


def numbers_of(session: Session, collection: str, corrections: Iterable[str]) -> dict[str, str]:
    """The numbers of the public requests that corrections answer, by the ids of the corrections."""
    wanted = {c for c in corrections if c}
    if not wanted:
        return {}
    about = select(_R).where(_R.collection == collection, _R.correction_id.in_(wanted), _R.is_public)
    return {found.correction_id: found.number for found in session.scalars(about)}


def finished(session: Session, most: int) -> list[CitizenRequest]:
    """The public requests that were closed last."""
    closed = (State.DONE, State.REFUSED)
    wanted = select(_R).where(_R.is_public, _R.kind != COMMENT, _R.state.in_(closed))
    return list(session.scalars(wanted.order_by(_R.closed_at.desc()).limit(most)))


def newest(session: Session, most: int) -> list[CitizenRequest]:
    """The public requests of which there was news last."""
    wanted = select(_R).where(_R.is_public, _R.kind != COMMENT, _R.state != State.SPAM)
    return list(session.scalars(wanted.order_by(_R.changed_at.desc(), _R.request_id.desc()).limit(most)))
