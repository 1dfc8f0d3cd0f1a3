"""Marks of tense: words and turns of phrase that say whether a clause states a fact or an aim, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from etl.extracting.rulebook import rules_of
from etl.extracting.scanning import Scanner
from etl.extracting.words import Token, Words, words_of

_NUMBER = re.compile(r"[0-9][0-9,.]+[0-9]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FRONTS = frozenset("，。；：:！？\n\t、—）)　▪●■·;")


class Mark(NamedTuple):
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
def _said() -> dict[str, tuple[float, str, bool, bool]]:
    """What a mark says by its rule: weight, rule, whether it opens a time, whether it is its clause's own."""
    rules = ((rule["id"], rule) for rule in rules_of("tense"))
    return {
        name: (float(rule["weight"]), name, rule.get("opens", False), rule.get("own", False)) for name, rule in rules
    }


@cache
def _front() -> frozenset[str]:
    """The rules whose words count at the front of a clause only."""
    return frozenset(rule["id"] for rule in marks_with("mark") if rule.get("front"))


@cache
def _words() -> Words:
    return words_of(Token(w, "mark", "", rule["id"]) for rule in marks_with("mark") for w in rule.get("words", ()))


@cache
def _patterns() -> tuple[Scanner, tuple[str, ...]]:
    """What looks for the patterns, and the rule of each."""
    patterns = [(p, rule["id"]) for rule in marks_with("mark") for p in rule.get("patterns", ())]
    # The digits of a flow are ASCII's: to look for those alone takes half the time.
    return Scanner([re.compile(p, re.ASCII) for p, _ in patterns]), tuple(rule for _, rule in patterns)


def find_marks(text: str) -> list[Mark]:
    """Every mark of a text, in order."""
    scanner, rules = _patterns()
    patterned = ((at, rules[place]) for at, place in sorted(scanner.find(text)))
    said = _said()
    found = [Mark(at, *said[rule]) for at, rule in (*_of_words(text), *patterned, *_of_numbers(text))]
    return sorted(found, key=attrgetter("at"))


@cache
def _first() -> tuple[re.Pattern[str], frozenset[str]]:
    """Two characters such as words of the table begin with, and the pairs that they do begin with."""
    pairs = frozenset(word[:2] for word in _words().tokens)
    first, second = ("".join({pair[place : place + 1] for pair in pairs}) for place in (0, 1))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])"), pairs


def _of_words(text: str) -> Iterator[tuple[int, str]]:
    words, front, taken = _words(), _front(), 0
    first, pairs = _first()
    for match in first.finditer(text):
        at = match.start()
        token = words.at(text, at) if at >= taken and text[at : at + 2] in pairs else None
        if token and (token.rule not in front or not at or text[at - 1] in _FRONTS):
            yield at, token.rule
            taken = at + len(token.word)


@cache
def _by_digits() -> list[tuple[int, str]]:
    """The rules for exact numbers, the most digits first."""
    return sorted(((r["significant"], r["id"]) for r in marks_with("mark") if "significant" in r), reverse=True)


def _of_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Numbers that look measured, not set; years and codes aside."""
    for match in _NUMBER.finditer(text):
        number = match.group()
        if _YEAR.fullmatch(number) or text[match.start() - 1 : match.start()].isascii():
            continue
        digits = len(number.replace(",", "").replace(".", "").strip("0"))
        rule = next((rule for least, rule in _by_digits() if digits >= least), "")
        if rule:
            yield match.start(), rule


@lru_cache(1024)
def weigh_heading(title: str, role: str) -> tuple[float, str]:
    """What a heading or a title says of the tense of what stands under it, and by which rule.

    >>> weigh_heading("2019年工作回顾", "heading"), weigh_heading("产业", "heading")
    ((6.0, 'review-chapter'), (0.0, ''))
    """
    for pattern, weight, rule in _headings(role):
        if pattern.search(title):
            return weight, rule
    return 0.0, ""


@cache
def _headings(role: str) -> tuple[tuple[re.Pattern[str], float, str], ...]:
    rules = marks_with(role)
    return tuple((re.compile("|".join(f"(?:{p})" for p in r["patterns"])), float(r["weight"]), r["id"]) for r in rules)
