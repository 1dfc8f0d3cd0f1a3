"""Marks of tense: words and turns of phrase that say whether a clause states a fact or an aim, and how surely."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.extracting.rulebook import Token, Words, rules_of, words_of

_FRONTS = frozenset("，。；：:！？\n\t、—）)　▪●■·;")


@dataclass(frozen=True, slots=True)
class Mark:
    """Evidence at a place of the flow: positive for a fact, negative for an aim."""

    at: int
    weight: float
    rule: str
    opens: bool = False
    own: bool = False


def marks_with(role: str) -> list[dict[str, Any]]:
    """The rules of tense with a role."""
    return [rule for rule in rules_of("tense") if rule["role"] == role]


@cache
def _by_id() -> dict[str, dict[str, Any]]:
    return {rule["id"]: rule for rule in rules_of("tense")}


@cache
def _words() -> Words:
    return words_of(Token(w, "mark", "", rule["id"]) for rule in marks_with("mark") for w in rule.get("words", ()))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(p), rule["id"]) for rule in marks_with("mark") for p in rule.get("patterns", ()))


def _mark(at: int, rule: str) -> Mark:
    said = _by_id()[rule]
    return Mark(at, float(said["weight"]), rule, said.get("opens", False), said.get("own", False))


def find_marks(text: str) -> list[Mark]:
    """Every mark of a text, in order."""
    found = [*_of_words(text), *(_mark(m.start(), rule) for p, rule in _patterns() for m in p.finditer(text))]
    return sorted(found, key=lambda mark: mark.at)


def _of_words(text: str) -> Iterator[Mark]:
    words, at, first = _words(), 0, _words().first
    while at < len(text):
        token = words.at(text, at) if text[at] in first else None
        if token and (not _by_id()[token.rule].get("front") or not at or text[at - 1] in _FRONTS):
            yield _mark(at, token.rule)
            at += len(token.word)
        else:
            at += 1


def weigh_heading(title: str, role: str) -> tuple[float, str]:
    """What a heading or a title says of the tense of what stands under it, and by which rule.

    >>> weigh_heading("2019年工作回顾", "heading"), weigh_heading("产业", "heading")
    ((6.0, 'review-chapter'), (0.0, ''))
    """
    for patterns, weight, rule in _headings(role):
        if any(p.search(title) for p in patterns):
            return weight, rule
    return 0.0, ""


@cache
def _headings(role: str) -> tuple[tuple[tuple[re.Pattern[str], ...], float, str], ...]:
    rules = marks_with(role)
    return tuple((tuple(map(re.compile, r["patterns"])), float(r["weight"]), r["id"]) for r in rules)


def between(marks: list[Mark], start: int, end: int) -> list[Mark]:
    """The marks of a span."""
    return marks[bisect_left(marks, start, key=lambda m: m.at) : bisect_left(marks, end, key=lambda m: m.at)]
