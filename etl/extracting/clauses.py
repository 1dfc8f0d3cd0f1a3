"""The clauses of a flow with the evidence of tense in each, and what the clauses before it say."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import inf
from typing import NamedTuple

from etl.extracting.marks import Mark

# A first character for all of them: the search then goes by it.
_CUT = re.compile("[，；：。！？!?;:\n\t█—,](?:(?<![—,])|(?<=—)—|(?<=,)(?!\\d))")
_SENTENCE = re.compile("[。！？!?\n\t█]")
_PARAGRAPH = re.compile("[\n\t]")
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


_NOTHING = (0.0, 0.0)


@dataclass(frozen=True)
class Clauses:
    """Where the clauses, sentences and paragraphs of a flow begin, and the evidence in each clause that has any."""

    starts: list[int]
    sentences: list[int]
    paragraphs: list[int]
    weights: dict[int, tuple[float, float]]
    length: int

    def clause(self, place: int) -> Clause:
        """A clause by its number, with what the clauses before it say."""
        start = self.starts[place]
        sentence = self.sentences[bisect_right(self.sentences, start) - 1]
        paragraph = self.paragraphs[bisect_right(self.paragraphs, start) - 1]
        before = self._told(place, sentence) if start > sentence else 0.0
        earlier = self._told(self.place(sentence), paragraph, place - _FARTHEST) if sentence > paragraph else 0.0
        return Clause(start, sentence, paragraph, *self.weights.get(place, _NOTHING), before, earlier)

    def _told(self, place: int, since: int, least: int = 0) -> float:
        """What the nearest clause before one says that says anything, from an offset and a number on."""
        last = bisect_left(self._telling, place) - 1
        if last < 0 or self._telling[last] < least or self.starts[self._telling[last]] < since:
            return 0.0
        return self.weights[self._telling[last]][1]

    @cached_property
    def _telling(self) -> list[int]:
        return [place for place, (_, beyond) in self.weights.items() if abs(beyond) >= SLIGHT]

    @cached_property
    def _sums(self) -> tuple[list[int], list[float], list[float]]:
        """The clauses that have evidence, and that for facts and for aims in all before each."""
        weights = [weight for weight, _ in self.weights.values()]
        facts = accumulate((min(w, _LOUDEST) if w > 0 else 0.0 for w in weights), initial=0.0)
        aims = accumulate((min(-w, _LOUDEST) if w < 0 else 0.0 for w in weights), initial=0.0)
        return list(self.weights), list(facts), list(aims)

    def place(self, at: int) -> int:
        """The number of the clause around an offset."""
        return bisect_right(self.starts, at) - 1

    def end(self, place: int) -> int:
        """Where a clause ends."""
        return self.starts[place + 1] if place + 1 < len(self.starts) else self.length

    def behind(self, place: int, most: int = 2) -> float:
        """The evidence of the next clauses of a sentence, the nearest that has any."""
        following = bisect_right(self.sentences, self.starts[place])
        end = self.sentences[following] if following < len(self.sentences) else self.length
        for later in range(place + 1, min(place + 1 + most, len(self.starts))):
            weight = self.weights.get(later, _NOTHING)[0]
            if self.starts[later] >= end:
                break
            if abs(weight) >= SLIGHT:
                return weight
        return 0.0

    def tone(self, start: int, end: int) -> tuple[float, float]:
        """How much a span leans to facts (1) or to aims (-1), and the weight of evidence that there is."""
        places, facts, aims = self._sums
        first, last = bisect_left(places, self.place(start)), bisect_right(places, self.place(end))
        fact, aim = facts[last] - facts[first], aims[last] - aims[first]
        return (fact - aim) / (fact + aim + _HUSH), fact + aim


def clauses_of(text: str, marks: Sequence[Mark]) -> Clauses:
    """The clauses of a text with the evidence that its marks give."""
    starts, sentences, paragraphs = (
        [0, *[match.end() for match in signs.finditer(text)]] for signs in (_CUT, _SENTENCE, _PARAGRAPH)
    )
    return Clauses(starts, sentences, paragraphs, _weigh(starts, marks), len(text))


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
