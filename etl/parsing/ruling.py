"""The paper's own rule for lists of bodies without roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.parsing.brackets import Name
from etl.parsing.rules import rule
from etl.parsing.sentences import Named, named

_BRACKET = re.compile(r"[(〔【](?:[^()〔〕【】\n]|\([^()\n]{1,20}\)){4,300}[)〕】]")


@dataclass(frozen=True, slots=True)
class FirstLeads:
    """The paper's own rule for lists without roles: from `start` on the first name leads, the others have `others`."""

    start: int
    others: str

    def seen_from(self, start: int) -> FirstLeads:
        """The same rule for offsets that count from `start`."""
        return FirstLeads(self.start - start, self.others)


def first_leads(view: str) -> FirstLeads | None:
    """The rule 列第一位者为牵头单位, if the paper states it; in brackets behind a list it holds for that list too."""
    found = rule("roles", "first-leads").pattern.search(view) if "牵头" in view else None
    if not found:
        return None
    others = rule("roles", "others-support").pattern.search(view, found.start(), found.end() + 60)
    line = view.rfind("\n", 0, found.start()) + 1
    behind = any(match.start() < found.start() < match.end() for match in _BRACKET.finditer(view, line))
    return FirstLeads(line if behind else found.start(), others["role"] if others else "责任")


def without_ruling(text: str) -> str:
    """The text with blanks for a bracket that states the rule, or for its clauses from the rule on.

    >>> without_ruling("市科技局(列第一位者为牵头单位)").rstrip()
    '市科技局'
    >>> without_ruling("(市科技局负责,列第一位者为牵头单位)").replace(" ", "")
    '(市科技局负责)'
    """
    return _BRACKET.sub(_blanked, text) if "牵头" in text else text


def _blanked(bracket: re.Match[str]) -> str:
    stated = rule("roles", "first-leads").pattern.search(bracket[0])
    if not stated:
        return bracket[0]
    first = max(bracket[0].rfind(",", 0, stated.start()), bracket[0].rfind(";", 0, stated.start()))
    if first < 0:
        return " " * len(bracket[0])
    return bracket[0][:first] + " " * (len(bracket[0]) - first - 1) + bracket[0][-1]


def with_roles(names: Sequence[Name], role: str, ruling: FirstLeads | None) -> Iterator[Named]:
    """A list of names with the role of its label, or with those that the paper's rule gives."""
    ruled = ruling is not None and role == "责任" and bool(names) and names[0].start >= ruling.start
    for index, name in enumerate(names):
        given = role if ruling is None or not ruled else ruling.others if index else "牵头"
        yield named(name, given)
