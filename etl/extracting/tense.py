"""Whether a number states a goal or a past fact: the evidence of its clause, sentence, paragraph and chapter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from etl.extracting.clauses import Clause, Clauses, clamp, clauses_of
from etl.extracting.contexts import Contexts
from etl.extracting.layout import Layout
from etl.extracting.marks import Mark, between, find_marks
from etl.extracting.years import Calendar, Stated

# How much of the evidence of each level reaches a number; the marks themselves are weighed in rules/tense.yaml.
_UNDECIDED = -0.5
_BEFORE, _CONTRADICTED = 0.7, 0.2
_BEHIND_FACT, _BEHIND_AIM = 0.5, 0.2
_PARAGRAPH, _OPENING, _OPENING_FAR = 0.4, 0.5, 0.35
_SLIGHT, _SURE, _MUTED = 0.4, 2.0, 0.4


@dataclass(frozen=True, slots=True)
class Verdict:
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
        return sorted([*find_marks(text), *years], key=lambda mark: mark.at)

    def _of_year(self, stated: Stated, text: str) -> Mark | None:
        """What a year says: one before the plan is past, one after it ahead."""
        year, base, now = stated.year, self.calendar.base, self.calendar.now
        aimed = text[max(0, stated.at - 2) : stated.at].endswith(("到", "至", "力争", "在")) and not stated.past_word
        if year is None or (stated.past_word and base is None):
            return None
        if base is not None:
            if year < base:
                return Mark(stated.at, 4.0, "past-year", opens=True)
            ahead = year > (now or base) or (aimed and year >= base)
            return Mark(stated.at, -3.0 if ahead else 0.0, "aim-year", opens=True)
        if aimed:
            return Mark(stated.at, -2.5, "aim-year", opens=True)
        closed = text.startswith(("，", "末", "全", "度", "底，"), stated.at + 5)
        return Mark(stated.at, 1.5, "past-year-alone", opens=True) if closed else None

    @cached_property
    def _openings(self) -> list[Mark]:
        return [mark for mark in self._marks if mark.opens]

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
        place = self._clauses.place(at)
        opened = bisect_left(self._openings, at, key=lambda mark: mark.at)
        if (place, opened) not in self._known:
            self._known[place, opened] = self._weigh(at, place)
        return self._known[place, opened]

    def _weigh(self, at: int, place: int) -> Verdict:
        clauses = self._clauses
        own = clauses.items[place]
        near = own.all + self._around(place, own) + self._earlier(at, place, own)
        context = self._contexts.at(at)
        muted = abs(near) >= _SURE and near * context.weight < 0 and not context.decides
        score = near + (_MUTED if muted else 1.0) * context.weight + _UNDECIDED
        said = {mark.rule for mark in between(self._marks, *self._reach(place)) if mark.weight * score > 0}
        heading = (context.rule,) if context.rule and context.headings * score > 0 else ()
        return Verdict(score, (*heading, *sorted(said)))

    def _reach(self, place: int) -> tuple[int, int]:
        """From the beginning of a clause's sentence to the clause's end."""
        clauses = self._clauses
        first = min((clause.start for clause in clauses.before(place)), default=clauses.starts[place])
        return first, clauses.end(place)

    def _around(self, place: int, own: Clause) -> float:
        """What the clauses of the sentence before and behind say."""
        before = _nearest(self._clauses.before(place))
        share = _CONTRADICTED if abs(own.all) >= _SURE and before * own.all < 0 else _BEFORE
        behind = next((c.all for c in self._clauses.behind(place) if abs(c.all) >= _SLIGHT), 0.0)
        return share * before + (_BEHIND_FACT if behind > 0 else _BEHIND_AIM) * behind

    def _earlier(self, at: int, place: int, own: Clause) -> float:
        """What the sentences before say, unless this one opens a time of its own: the paragraph, or 过去五年 above."""
        openings = self._openings
        last = bisect_left(openings, at, key=lambda mark: mark.at) - 1
        paragraph = _PARAGRAPH * clamp(_nearest(self._clauses.sentences_before(place)), 4)
        if last < 0 or openings[last].at < self._contexts.at(at).start:
            return paragraph
        there = self._clauses.items[self._clauses.place(openings[last].at)]
        if there.sentence == own.sentence:
            return 0.0
        opening = openings[last].weight * (_OPENING if there.paragraph == own.paragraph else _OPENING_FAR)
        return max(opening, paragraph, key=abs)


def _nearest(clauses: Iterable[Clause]) -> float:
    """The evidence of the nearest clause that has any."""
    return next((clause.beyond for clause in clauses if abs(clause.beyond) >= _SLIGHT), 0.0)
