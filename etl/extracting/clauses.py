"""The clauses of a flow with the evidence of tense in each: which sentence and paragraph they belong to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from etl.extracting.marks import Mark

_CUT = re.compile("[，；：。！？!?;:\n\t█]|——|,(?!\\d)")
_ENDS_SENTENCE = frozenset("。！？!?\n\t█")
_MOST = 6.0
_LOUDEST, _HUSH = 3.0, 5.0


def clamp(weight: float, most: float = _MOST) -> float:
    """A weight held between two bounds.

    >>> clamp(9), clamp(-7.5, 4)
    (6.0, -4)
    """
    return max(-most, min(most, weight))


class Clause(NamedTuple):
    """Where a clause begins, its sentence and paragraph, and its evidence: all of it, and what holds beyond it."""

    start: int
    sentence: int
    paragraph: int
    all: float
    beyond: float


@dataclass(frozen=True)
class Clauses:
    """The clauses of a flow, in order."""

    items: tuple[Clause, ...]
    starts: tuple[int, ...]
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

    def before(self, place: int) -> Iterator[Clause]:
        """The clauses before one in its sentence, the nearest first."""
        sentence = self.items[place].sentence
        while place and self.items[place - 1].sentence == sentence:
            place -= 1
            yield self.items[place]

    def behind(self, place: int, most: int = 2) -> Iterator[Clause]:
        """The next clauses of a sentence."""
        sentence = self.items[place].sentence
        following = self.items[place + 1 : place + 1 + most]
        return (clause for clause in following if clause.sentence == sentence)

    def sentences_before(self, place: int, most: int = 40) -> Iterator[Clause]:
        """The clauses of the sentences before, of the same paragraph, the nearest first."""
        here = self.items[place]
        while place and most and self.items[place - 1].paragraph == here.paragraph:
            place, most = place - 1, most - 1
            if self.items[place].sentence != here.sentence:
                yield self.items[place]

    def tone(self, start: int, end: int) -> tuple[float, float]:
        """How much a span leans to facts (1) or to aims (-1), and the weight of evidence that there is."""
        first, last = self.place(start), self.place(end) + 1
        facts, aims = (sums[last] - sums[first] for sums in self._sums)
        return (facts - aims) / (facts + aims + _HUSH), facts + aims


def clauses_of(text: str, marks: Iterable[Mark]) -> Clauses:
    """The clauses of a text with the evidence that its marks give, each rule counted once a clause."""
    bounds = [(0, "\n"), *((m.end(), m.group()[-1]) for m in _CUT.finditer(text))]
    starts = tuple(start for start, _ in bounds)
    totals, beyond = [0.0] * len(starts), [0.0] * len(starts)
    counted: set[tuple[int, str]] = set()
    for mark in marks:
        place = bisect_right(starts, mark.at) - 1
        if (place, mark.rule) in counted:
            continue
        counted.add((place, mark.rule))
        totals[place] += mark.weight
        beyond[place] += 0 if mark.own else mark.weight
    items, sentence, paragraph = [], 0, 0
    for (start, sign), total, further in zip(bounds, totals, beyond, strict=True):
        sentence += sign in _ENDS_SENTENCE
        paragraph += sign in "\n\t"
        items.append(Clause(start, sentence, paragraph, total and clamp(total), further and clamp(further)))
    return Clauses(tuple(items), starts, len(text))
