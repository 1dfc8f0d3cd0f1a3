"""What staff and senders do with a request: each step checked, done once, kept in its history, told by mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import audit
from portal.access.roles import ADMIN, EDITOR, MODERATOR
from portal.participation import letters
from portal.participation.erasing import erase
from portal.participation.kinds import DISCLOSURE, LETTER
from portal.participation.states import CITIZEN, CLOSED, OPEN, SYSTEM, State, Step, StepError, step_of
from portal.participation.terms import Terms
from portal.storage.clock import now
from portal.storage.participation import CitizenRequest, RequestEvent

MOST_SUPPLEMENTS = 20


@dataclass(frozen=True)
class Hand:
    """Whoever does something: an account with its roles, the sender, or the system itself."""

    roles: frozenset[str]
    user_id: int | None = None

    def role_for(self, allowed: Collection[str]) -> str:
        """The role in which it is done."""
        ranked = (SYSTEM, CITIZEN, MODERATOR, EDITOR, ADMIN)
        return next((r for r in ranked if r in self.roles and (r in allowed or r == ADMIN)), CITIZEN)


SENDER, ITSELF = Hand(frozenset({CITIZEN})), Hand(frozenset({SYSTEM}))


def perform(
    session: Session, found: CitizenRequest, name: str, hand: Hand, terms: Terms, words: str = "", **cells: str
) -> None:
    """Take a step; StepError where it can't be taken, or somebody else was quicker. `cells` change with the state."""
    step = step_of(name, found.kind, found.state, hand.roles)
    if step.needs_words and not words:
        raise StepError(_("请写明理由或答复：它会给来信人看，公开的来信也会公开。"))
    _move(session, found, step)
    for column, value in cells.items():
        setattr(found, column, value)
    if step.target in (State.DONE, State.REFUSED) and words:
        found.answer_text = words
    note(session, found, name, hand, words, role=hand.role_for(step.roles))
    if step.target == State.WITHDRAWN:
        erase(session, found)
    letters.news(session, found, terms, name)


def note(
    session: Session,
    found: CitizenRequest,
    action: str,
    hand: Hand,
    words: str = "",
    *,
    role: str | None = None,
    for_staff: bool = False,
) -> None:
    """Keep in the request's history and in the log that something was done."""
    moment = now()
    found.changed_at = moment
    doer = {"role": role or hand.role_for((MODERATOR, EDITOR, CITIZEN, SYSTEM)), "user_id": hand.user_id}
    found.events.append(RequestEvent(at=moment, action=action, words=words, for_staff=for_staff, **doer))
    audit.note(session, hand.user_id, f"request.{action}", found.number)


def supplement(session: Session, found: CitizenRequest, words: str) -> bool:
    """Add what the sender has to say besides; whether it was new."""
    if found.state not in OPEN:
        raise StepError(_("这件已经办结，不能再补充；有新的情况请另外提交。"))
    earlier = [e.words for e in found.events if e.action == "supplement"]
    if not words or words in earlier:
        return False
    if len(earlier) >= MOST_SUPPLEMENTS:
        raise StepError(_("补充的次数太多了，请等待办理。"))
    note(session, found, "supplement", Hand(frozenset({CITIZEN}), found.user_id), words)
    return True


def ask(session: Session, found: CitizenRequest, words: str, hand: Hand, terms: Terms) -> None:
    """Ask the sender something; only she and staff read it."""
    if found.state not in OPEN or not words:
        raise StepError(_("请写明要来信人补充什么；已办结的不能再问。"))
    note(session, found, "ask", hand, words)
    letters.news(session, found, terms, "ask")


def publish(session: Session, found: CitizenRequest, words: str, hand: Hand) -> None:
    """Let everybody read a request in the words that staff give it."""
    if found.state == State.SPAM:
        raise StepError(_("垃圾信息不能公开。"))
    if found.kind in (LETTER, DISCLOSURE) and not found.may_publish:
        raise StepError(_("来信人没有同意公开，只能答复本人。"))
    found.is_public, found.public_text = True, words
    note(session, found, "publish", hand)


def unpublish(session: Session, found: CitizenRequest, hand: Hand) -> None:
    """Take a request back from the public."""
    found.is_public = False
    note(session, found, "unpublish", hand)


def _move(session: Session, found: CitizenRequest, step: Step) -> None:
    """Change the state where it is still what it was: of two who press the same button, one is told so."""
    moment = now()
    session.flush()
    where = (CitizenRequest.request_id == found.request_id, CitizenRequest.state == found.state)
    closed = moment if step.target in CLOSED else None
    values = {"state": str(step.target), "changed_at": moment, "closed_at": closed}
    moved = session.execute(
        update(CitizenRequest).where(*where).values(**values).execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise StepError(_("刚刚有人办过这一件，请刷新页面再看。"))
    session.refresh(found)
    if step.target == State.SPAM:
        found.is_public = False
