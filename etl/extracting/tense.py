"""Whether a number states a goal or a past fact: the evidence of its clause, sentence, paragraph and chapter."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from etl.extracting.clauses import Clause, Clauses, clamp, clauses_of
from etl.extracting.contexts import Context, Contexts
from etl.extracting.layout import Layout
from etl.extracting.marks import Mark, find_marks
from etl.extracting.years import Calendar, Stated

# How much of the evidence of each level reaches a number; the marks themselves are weighed in rules/tense.yaml.
_UNDECIDED = -0.5
_BEFORE, _CONTRADICTED = 0.7, 0.2
_BEHIND_FACT, _BEHIND_AIM = 0.5, 0.2
_PARAGRAPH, _OPENING, _OPENING_FAR = 0.4, 0.5, 0.35
_AIMS = re.compile("(?:(?<![降增减升高低加长少大小升续])[到至]|力争|在)$")
_SURE, _MUTED = 2.0, 0.4
_PLANNED = -1.0


class Verdict(NamedTuple):
    """The balance of evidence: above zero a fact; the rules that weighed in are kept for the trace."""

    score: float
    rules: tuple[str, ...]

    @property
    def past(self) -> bool:
        """Whether the number is a past fact."""
        return self.score > 0


@dataclass(frozen=True)
class Tense:
    """The evidence of a text, read once."""

    layout: Layout
    calendar: Calendar

    @cached_property
    def _marks(self) -> list[Mark]:
        text = self.layout.flow.text
        years = (mark for stated in self.calendar.stated if (mark := self._of_year(stated, text)))
        return sorted([*find_marks(text), *years], key=attrgetter("at"))

    def _of_year(self, stated: Stated, text: str) -> Mark | None:
        """What a year says: one before the plan is past, one after it ahead."""
        year, base, now = stated.year, self.calendar.base, self.calendar.now
        aimed = bool(_AIMS.search(text, max(0, stated.at - 3), stated.at)) and not stated.past_word
        if year is None or (stated.past_word and base is None):
            return None
        if base is not None:
            if year < base:
                return Mark(stated.at, 4.0, "past-year", opens=True)
            ahead = year > (now or base) or (aimed and year >= base)
            slight = _PLANNED if year == self.calendar.plan else 0.0
            return Mark(stated.at, -3.0 if ahead else slight, "aim-year", opens=True)
        if aimed:
            return Mark(stated.at, -2.5, "aim-year", opens=True)
        closed = text.startswith(("，", "末", "全", "度", "底，"), stated.at + 5)
        return Mark(stated.at, 1.5, "past-year-alone", opens=True) if closed else None

    @cached_property
    def _openings(self) -> list[Mark]:
        return [mark for mark in self._marks if mark.opens]

    @cached_property
    def _opened(self) -> list[int]:
        return [mark.at for mark in self._openings]

    @cached_property
    def _places(self) -> list[int]:
        return [mark.at for mark in self._marks]

    @cached_property
    def _clauses(self) -> Clauses:
        return clauses_of(self.layout.flow.text, self._marks)

    @cached_property
    def _contexts(self) -> Contexts:
        return Contexts(self.layout, self.calendar, self._clauses)

    @cached_property
    def _known(self) -> dict[tuple[int, int], Verdict]:
        return {}

    def of(self, at: int) -> Verdict:
        """Weigh all that bears on the number at an offset; numbers of a clause share what was found."""
        place, opened = self._clauses.place(at), bisect_left(self._opened, at)
        known = self._known.get((place, opened))
        if known is None:
            opening = self._openings[opened - 1] if opened else None
            known = self._known[place, opened] = self._weigh(place, opening, self._contexts.at(at))
        return known

    def _weigh(self, place: int, opening: Mark | None, context: Context) -> Verdict:
        own = self._clauses.clause(place)
        near = own.all + self._around(place, own) + self._earlier(opening, own, context)
        muted = abs(near) >= _SURE and near * context.weight < 0 and not context.decides
        score = near + (_MUTED if muted else 1.0) * context.weight + _UNDECIDED
        first, last = bisect_left(self._places, own.sentence), bisect_left(self._places, self._clauses.end(place))
        said = {mark.rule for mark in self._marks[first:last] if mark.weight * score > 0}
        heading = (context.rule,) if context.rule and context.headings * score > 0 else ()
        return Verdict(score, (*heading, *sorted(said)))

    def _around(self, place: int, own: Clause) -> float:
        """What the clauses of the sentence before and behind say."""
        share = _CONTRADICTED if abs(own.all) >= _SURE and own.before * own.all < 0 else _BEFORE
        behind = self._clauses.behind(place)
        decided = own.all <= -_SURE and behind > 0
        return share * own.before + (_BEHIND_FACT if behind > 0 and not decided else _BEHIND_AIM) * behind

    def _earlier(self, opening: Mark | None, own: Clause, context: Context) -> float:
        """What the sentences before say, unless this one opens a time of its own: the paragraph, or 过去五年 above."""
        paragraph = own.earlier and _PARAGRAPH * clamp(own.earlier, 4)
        if opening is None or opening.at < context.start:
            return paragraph
        if opening.at >= own.sentence:
            return 0.0
        opened = opening.weight * (_OPENING if opening.at >= own.paragraph else _OPENING_FAR)
        return max(opened, paragraph, key=abs)
