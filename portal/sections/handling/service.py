"""What staff see of requests, and what a form of theirs does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.access import ADMIN, MODERATOR, my_id
from portal.access.current import roles
from portal.frame.door import private, published, site
from portal.jobs import Jobs
from portal.participation import finding, handling, tallying
from portal.participation.calendar import today
from portal.participation.cells import cell_of
from portal.participation.correcting import Decision, Office
from portal.participation.handling import Hand
from portal.participation.kinds import CORRECTION, KINDS
from portal.participation.states import STEPS, State, StepError, open_to
from portal.participation.terms import Terms
from portal.participation.texts import line, text
from portal.storage.participation import CitizenRequest

QUEUES = {
    "waiting": (State.WAITING,),
    "working": (State.WORKING,),
    "forwarded": (State.FORWARDED,),
    "accepted": (State.ACCEPTED,),
    "closed": (State.DONE, State.REFUSED, State.WITHDRAWN),
    "spam": (State.SPAM,),
}
LONGEST, LONGEST_SOUGHT = 5_000, 100


def jobs() -> Jobs:
    """The door to the ETL."""
    return Jobs(private().folder)


def hand() -> Hand:
    """Whoever is at the desk."""
    return Hand(roles(), my_id())


def queue(queue: str | None, kind: str | None, q: str | None, number: int) -> dict[str, Any]:
    """A queue, those that are due first; editors begin with what was forwarded to them. `q` are words sought in it."""
    mine = "waiting" if is_moderator() else "forwarded"
    chosen = queue if queue in QUEUES else mine
    kinds, words = (kind,) if kind in _kinds() else _kinds(), (q or "").strip()[:LONGEST_SOUGHT]
    with private().storage.session() as session:
        page = finding.queue(session, QUEUES[chosen], kinds, number, words)
        counts = {name: finding.queue(session, states, _kinds(), 1).total for name, states in QUEUES.items()}
        tally = tallying.tally(session, today())
    told = {"queue": chosen, "kind": kind, "words": words, "kinds": _kinds()}
    return {"page_of": page, "counts": counts, "tally": tally, **told}


def whole(number: str) -> dict[str, Any] | None:
    """A request with its history, what it is about as served now, and what may be done."""
    with private().storage.session() as session:
        found = _visible(session, number)
        if found is None:
            return None
        events = list(found.events)
    cell = cell_of(published(), found)
    served = published().collection(found.collection) if found.collection else None
    return {
        "found": found,
        "events": events,
        "cell": cell,
        "table": served.collection.by_name.get(found.table_name) if served else None,
        "sees_person": is_moderator(),
        "steps": [step.name for step in open_to(found.kind, found.state, roles())],
        "problem": jobs().problem(found.collection) if found.kind == CORRECTION else None,
        "passed_over": _passed_over(found),
    }


def do(number: str, form: Mapping[str, str]) -> None:
    """Do what a form says; StepError or JobError with a sentence where it can't be done."""
    if form.get("do") == "accept":
        Office(private().storage, published(), jobs(), Terms(site())).accept(number, _decision(form), hand())
        return
    with private().storage.session() as session:
        found = _visible(session, number)
        if found is None:
            raise StepError(_("没有这个编号。"))
        _do(session, found, form.get("do", ""), text(form.get("words", ""), LONGEST))


def is_moderator() -> bool:
    """Whether letters, and who wrote, may be seen."""
    return bool(roles() & {MODERATOR, ADMIN})


def _kinds() -> tuple[str, ...]:
    """Editors see what concerns the data; letters, and who wrote, are for moderators alone."""
    return tuple(KINDS) if is_moderator() else (CORRECTION,)


def _visible(session: Session, number: str) -> CitizenRequest | None:
    found = finding.by_number(session, number)
    return found if found is not None and found.kind in _kinds() else None


def _do(session: Session, found: CitizenRequest, asked: str, words: str) -> None:
    if asked == "note" and words:
        handling.note(session, found, "note", hand(), words, for_staff=True)
    elif asked == "ask":
        handling.ask(session, found, words, hand(), Terms(site()))
    elif asked == "publish":
        handling.publish(session, found, words, hand())
    elif asked == "unpublish":
        handling.unpublish(session, found, hand())
    elif asked in STEPS and asked != "accept":
        handling.perform(session, found, asked, hand(), Terms(site()), words)
    else:
        raise StepError(_("请选择要做什么，并写明内容。"))


def _decision(form: Mapping[str, str]) -> Decision:
    longer = {"value": text(form.get("value", ""), LONGEST), "reason": line(form.get("reason", ""), 500)}
    return Decision(form.get("column", ""), **longer, evidence=line(form.get("evidence", ""), 500))


def _passed_over(found: CitizenRequest) -> str | None:
    """The version that came after an accepted correction without carrying it: somebody has to look."""
    served = published().collection(found.collection) if found.state == State.ACCEPTED else None
    if served is None or served.build.is_draft or served.build.version == found.accepted_version:
        return None
    return served.build.version
