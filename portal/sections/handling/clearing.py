"""What moderators do with many requests at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.participation.finding import DESK_PAGE
from portal.participation.states import StepError
from portal.sections.handling import service

STEPS = {"waiting": "spam", "spam": "restore"}
"""The step that can be taken with many, by queue."""


@dataclass(frozen=True)
class Cleared:
    """How many were moved, and why others were not, by number."""

    done: int
    left: list[tuple[str, str]]


def step_for(queue: str) -> str | None:
    """The step that whoever is at the desk can take with many of a queue."""
    return STEPS.get(queue) if service.is_moderator() else None


def clear(numbers: Iterable[str], step: str) -> Cleared:
    """Take a step with each, in a transaction of its own: one that can't be moved stops no other."""
    done, left = 0, []
    for number in list(dict.fromkeys(numbers))[:DESK_PAGE]:
        try:
            service.do(number, {"do": step})
            done += 1
        except StepError as error:
            left.append((number[:40], str(error)))
    return Cleared(done, left)
