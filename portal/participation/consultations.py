"""Consultations: opened by staff with a text and a closing date, commented on, closed with a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.participation.calendar import today
from portal.participation.kinds import COMMENT
from portal.participation.states import State, StepError
from portal.participation.texts import line, text
from portal.storage.clock import now
from portal.storage.participation import CitizenRequest, Consultation

LONGEST = 100_000


@dataclass(frozen=True)
class Proposal:
    """What a consultation is opened with."""

    title: str
    body_text: str
    closes_on: date


def read(form: Mapping[str, str]) -> Proposal:
    """The proposal of a form; StepError says in words what is missing."""
    title, body = line(form.get("title", ""), 200), text(form.get("body_text", ""), LONGEST)
    try:
        closes = date.fromisoformat(form.get("closes_on", "").strip())
    except ValueError as error:
        raise StepError(_("截止日期请写成 2026-12-31 这样。")) from error
    if not title or not body:
        raise StepError(_("标题和正文都要写。"))
    if closes < today():
        raise StepError(_("截止日期已经过去，请改成今天或以后。"))
    return Proposal(title, body, closes)


def begin(session: Session, proposal: Proposal, user_id: int | None) -> Consultation:
    """Open a consultation."""
    kept = Consultation(
        title=proposal.title,
        body_text=proposal.body_text,
        closes_on=proposal.closes_on,
        opened_at=now(),
        opened_by=user_id,
    )
    session.add(kept)
    session.flush()
    audit.note(session, user_id, "consultation.open", str(kept.consultation_id), kept.title)
    return kept


def change(session: Session, kept: Consultation, proposal: Proposal, user_id: int | None) -> None:
    """Change what is consulted about, or until when."""
    before = f"{kept.title}（{kept.closes_on}）\n{kept.body_text}"
    kept.title, kept.body_text, kept.closes_on = proposal.title, proposal.body_text, proposal.closes_on
    audit.note(session, user_id, "consultation.change", str(kept.consultation_id), before)


def conclude(session: Session, kept: Consultation, words: str, user_id: int | None) -> None:
    """Publish what became of the comments; only after the closing date."""
    if is_open(kept):
        raise StepError(_("还没有截止，截止以后才能公布结果。"))
    if not words:
        raise StepError(_("请写明结果：收到多少意见，采纳了哪些，为什么。"))
    kept.result_text, kept.result_at = words, now()
    audit.note(session, user_id, "consultation.result", str(kept.consultation_id))


def is_open(kept: Consultation, day: date | None = None) -> bool:
    """Whether comments are taken: until the end of the closing day."""
    return kept.result_at is None and (day or today()) <= kept.closes_on


def by_id(session: Session, consultation_id: int) -> Consultation | None:
    """The consultation of a number."""
    return session.get(Consultation, consultation_id)


def every(session: Session) -> list[Consultation]:
    """All consultations, the newest first."""
    return list(session.scalars(select(Consultation).order_by(Consultation.consultation_id.desc())))


def comments(session: Session, consultation_id: int) -> list[CitizenRequest]:
    """The comments that staff released, in the order in which they came."""
    wanted = select(CitizenRequest).where(
        CitizenRequest.consultation_id == consultation_id,
        CitizenRequest.is_public,
        CitizenRequest.state != State.SPAM,
    )
    return list(session.scalars(wanted.order_by(CitizenRequest.request_id)))


def received(session: Session, consultation_id: int) -> int:
    """How many comments came, spam left out."""
    return len(
        session.scalars(
            select(CitizenRequest.request_id).where(
                CitizenRequest.consultation_id == consultation_id,
                CitizenRequest.kind == COMMENT,
                CitizenRequest.state != State.SPAM,
            )
        ).all()
    )


def last_moment(kept: Consultation) -> datetime:
    """When there was news of it last."""
    return kept.result_at or kept.opened_at
