"""The clauses of a flow with the evidence of tense in each, and what the clauses before it say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import inf
from typing import NamedTuple

from etl.extracting.marks import Mark

# A first character for all of them: the search then goes by it.
_CUT = re.compile("[，；：。！？!?;:\n\t█—,](?:(?<![—,])|(?<=—)—|(?<=,)(?!\\d))")
_ENDS_SENTENCE = frozenset("。！？!?\n\t█")
_ENDS_PARAGRAPH = frozenset("\n\t")
_MOST = 6.0
_LOUDEST, _HUSH = 3.0, 5.0
SLIGHT = 0.4
_FARTHEST = 40


def clamp(weight: float, most: float = _MOST) -> float:
    """A weight held between two bounds.

    >>> clamp(9), clamp(-7.5, 4)
    (6.0, -4)
    """
    return max(-most, min(most, weight))


class Clause(NamedTuple):
    """Where a clause and its sentence begin, its paragraph, and the evidence in it: all, and what holds beyond it.

    `before` is what the nearest clause of its sentence says that says anything, `earlier` the nearest clause of the
    sentences before in its paragraph.
    """

    start: int
    sentence: int
    paragraph: int
    all: float
    beyond: float
    before: float
    earlier: float


@dataclass(frozen=True)
class Clauses:
    """The clauses of a flow, in order."""

    items: list[Clause]
    starts: list[int]
    length: int

    @cached_property
    def _sums(self) -> tuple[list[float], list[float]]:
        """The evidence for facts and for aims of all clauses before each."""
        weights = [clause.all for clause in self.items]
        facts = accumulate((min(w, _LOUDEST) if w > 0 else 0.0 for w in weights), initial=0.0)
        aims = accumulate((min(-w, _LOUDEST) if w < 0 else 0.0 for w in weights), initial=0.0)
        return list(facts), list(aims)

    def place(self, at: int) -> int:
        """The number of the clause around an offset."""
        return bisect_right(self.starts, at) - 1

    def end(self, place: int) -> int:
        """Where a clause ends."""
        return self.starts[place + 1] if place + 1 < len(self.starts) else self.length

    def behind(self, place: int, most: int = 2) -> float:
        """The evidence of the next clauses of a sentence, the nearest that has any."""
        sentence = self.items[place].sentence
        for clause in self.items[place + 1 : place + 1 + most]:
            if clause.sentence != sentence:
                break
            if abs(clause.all) >= SLIGHT:
                return clause.all
        return 0.0

    def tone(self, start: int, end: int) -> tuple[float, float]:
        """How much a span leans to facts (1) or to aims (-1), and the weight of evidence that there is."""
        first, last = self.place(start), self.place(end) + 1
        facts, aims = (sums[last] - sums[first] for sums in self._sums)
        return (facts - aims) / (facts + aims + _HUSH), facts + aims


def clauses_of(text: str, marks: Sequence[Mark]) -> Clauses:
    """The clauses of a text with the evidence that its marks give."""
    starts = [0, *(match.end() for match in _CUT.finditer(text))]
    weights = _weigh(starts, marks)
    items = []
    sentence, paragraph, before, earlier, last, heard = 0, 0, 0.0, 0.0, 0, 0
    for place, start in enumerate(starts):
        sign = text[start - 1 : start]
        if sign in _ENDS_SENTENCE:
            if before:
                earlier, heard = before, last
            sentence, before = start, 0.0
            if sign in _ENDS_PARAGRAPH:
                paragraph, earlier = start, 0.0
        everything, beyond = weights.get(place, _NOTHING)
        told = earlier if place - heard <= _FARTHEST else 0.0
        items.append(Clause(start, sentence, paragraph, everything, beyond, before, told))
        if abs(beyond) >= SLIGHT:
            before, last = beyond, place
    return Clauses(items, starts, len(text))


_NOTHING = (0.0, 0.0)


def _weigh(starts: list[int], marks: Sequence[Mark]) -> dict[int, tuple[float, float]]:
    """The evidence in each clause that has any, and what of it holds beyond; each rule is counted once a clause."""
    weighed: dict[int, tuple[float, float]] = {}
    ends = [*starts[1:], inf]
    place, seen = 0, set[str]()
    for at, weight, rule, _, own in marks:
        if at >= ends[place]:
            place, seen = bisect_right(starts, at, place) - 1, set()
        if rule not in seen:
            seen.add(rule)
            everything, beyond = weighed.get(place, _NOTHING)
            weighed[place] = everything + weight, beyond + (0 if own else weight)
    return {place: (clamp(everything), clamp(beyond)) for place, (everything, beyond) in weighed.items()}
