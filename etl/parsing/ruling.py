"""The paper's own rule for lists of bodies without roles."""

from __future__ import annotations

from dataclasses import dataclass

from etl.parsing.rules import rule


@dataclass(frozen=True, slots=True)
class FirstLeads:
    """The paper's own rule for lists without roles: from `start` on the first name leads, the others have `others`."""

    start: int
    others: str


def first_leads(view: str) -> FirstLeads | None:
    """The rule 列第一位者为牵头单位, if the paper states it."""
    found = rule("roles", "first-leads").pattern.search(view)
    if not found:
        return None
    others = rule("roles", "others-support").pattern.search(view, found.start(), found.end() + 60)
    return FirstLeads(found.start(), others["role"] if others else "责任")
