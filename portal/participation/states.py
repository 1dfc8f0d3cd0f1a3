"""The states of a request, the steps between them, and who may take which: written here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from portal.access.roles import ADMIN, EDITOR, MODERATOR
from portal.participation.kinds import COMMENT, CORRECTION, DATA, DISCLOSURE, LETTER

CITIZEN, SYSTEM = "citizen", "system"


class State(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    WORKING = "working"
    FORWARDED = "forwarded"
    ACCEPTED = "accepted"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SPAM = "spam"


OPEN = (State.WAITING, State.WORKING, State.FORWARDED, State.ACCEPTED)
CLOSED = (State.DONE, State.REFUSED, State.WITHDRAWN)
UNDECIDED = frozenset({State.WAITING, State.WORKING, State.FORWARDED})
_ASKING = frozenset({DATA, LETTER, DISCLOSURE})
_ALL = frozenset({CORRECTION, *_ASKING, COMMENT})


class StepError(Exception):
    """A step that can't be taken; the message is a sentence for people."""


@dataclass(frozen=True)
class Step:
    """A way from some states to one; `needs_words` where a reason or an answer has to be given."""

    name: str
    sources: frozenset[State]
    target: State
    roles: frozenset[str]
    kinds: frozenset[str]
    needs_words: bool = False


def _step(name: str, sources: Collection[State], target: State, *roles: str, **how: frozenset[str] | bool) -> Step:
    given = {"kinds": _ALL, **how}
    return Step(name, frozenset(sources), target, frozenset(roles), **given)  # type: ignore[arg-type]


STEPS = {
    step.name: step
    for step in (
        _step("take", {State.WAITING}, State.WORKING, MODERATOR, kinds=_ASKING),
        _step("forward", {State.WAITING}, State.FORWARDED, MODERATOR, kinds=frozenset({CORRECTION})),
        _step("send_back", {State.FORWARDED}, State.WAITING, EDITOR, kinds=frozenset({CORRECTION}), needs_words=True),
        _step("accept", {State.FORWARDED}, State.ACCEPTED, EDITOR, kinds=frozenset({CORRECTION})),
        _step("release", {State.ACCEPTED}, State.DONE, SYSTEM, kinds=frozenset({CORRECTION})),
        _step("answer", UNDECIDED, State.DONE, MODERATOR, needs_words=True),
        _step("take_in", UNDECIDED, State.DONE, MODERATOR, kinds=frozenset({COMMENT})),
        _step("refuse", UNDECIDED, State.REFUSED, MODERATOR, EDITOR, needs_words=True),
        _step("spam", {State.WAITING}, State.SPAM, MODERATOR),
        _step("restore", {State.SPAM}, State.WAITING, MODERATOR),
        _step("reopen", {State.DONE, State.REFUSED}, State.WAITING, MODERATOR, needs_words=True),
        _step("withdraw", UNDECIDED, State.WITHDRAWN, CITIZEN),
    )
}


def open_to(kind: str, state: str, roles: Collection[str]) -> list[Step]:
    """The steps that somebody with these roles may take; an admin has those of all staff.

    >>> [step.name for step in open_to("correction", "forwarded", {"editor"})]
    ['send_back', 'accept', 'refuse']
    """
    return [s for s in STEPS.values() if kind in s.kinds and state in s.sources and _may(s, roles)]


def step_of(name: str, kind: str, state: str, roles: Collection[str]) -> Step:
    """The step of that name; StepError where it can't be taken from there by these roles."""
    found = next((s for s in open_to(kind, state, roles) if s.name == name), None)
    if found is None:
        raise StepError(_("这一步现在不能做：它可能刚被别人办过，或者您没有这项权限。请刷新页面再看。"))
    return found


def _may(step: Step, roles: Collection[str]) -> bool:
    staff = ADMIN in roles and not step.roles & {CITIZEN, SYSTEM}
    return staff or bool(step.roles & set(roles))
