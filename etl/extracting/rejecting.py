"""The rules that say a number is no target, in the order of rules/rejects.yaml."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from typing import NamedTuple

from etl.extracting.heads import Head
from etl.extracting.measures import Mention
from etl.extracting.rejects import Rule, candidates, lexical, rules_for
from etl.extracting.scanning import Scanner

_REACH = 28
_NONE = frozenset[str]()


class Place(NamedTuple):
    """Where a number stands: the text, its clause and sentence, and how far its statement reaches."""

    text: str
    sentence: int
    clause: int
    reach: int


def _applies(rule: Rule, mention: Mention) -> bool:
    if rule.bounded and mention.bound not in (">=", "<="):
        return False
    return not (rule.small and "亿" in (mention.unit or ""))


@lru_cache(1)
def _words_inside(text: str) -> tuple[list[int], list[str]]:
    """Where the words stand that a rule looks for in a clause, and the rule, over the whole text."""
    scanner, rules = _looking_inside()
    found = sorted(scanner.find(text))
    return [at for at, _ in found], [rules[place] for _, place in found]


@cache
def _looking_inside() -> tuple[Scanner, tuple[str, ...]]:
    """What looks for the words that rules look for in a clause, and the rule of each pattern."""
    looked_for = [(rule.inside, rule.id) for rule in lexical() if rule.inside]
    return Scanner([pattern for pattern, _ in looked_for]), tuple(rule for _, rule in looked_for)


def _inside(place: Place) -> frozenset[str]:
    """The rules whose words stand in a sentence."""
    starts, rules = _words_inside(place.text)
    first = bisect_left(starts, place.sentence)
    last = bisect_left(starts, place.reach, first)
    return frozenset(rules[first:last]) if first < last else _NONE


def _matches(rule: Rule, mention: Mention, head: Head, place: Place, before: str) -> bool:
    """Whether every condition of a rule holds around a number; `before` is what stands right before it."""
    text = place.text
    if rule.before and not rule.before.search(before):
        return False
    if rule.after and not rule.after.match(text, mention.tail):
        return False
    if rule.idle and (head.acted or head.name or head.verbs or head.bound):
        return False
    if rule.inside and not rule.inside.search(text, _inside_start(rule, head, place), place.reach):
        return False
    named = place.sentence if mention.kind == "time" and not head.name else place.clause
    return not (rule.unless_name and rule.unless_name.search(text, named, place.reach))


def _inside_start(rule: Rule, head: Head, place: Place) -> int:
    """A rule looks at the clause; for a clause that names nothing itself, at what comes before it too."""
    own = head.name or head.acted or head.linked
    if rule.sentence:
        return place.sentence
    return place.clause if own else max(place.sentence, place.clause - 40)


def lexical_reject(mention: Mention, head: Head, place: Place) -> str:
    """The id of the first rule of words that rejects a number, empty where none does."""
    rules = rules_for(mention.kind, mention.unit or "")
    before = place.text[max(place.sentence, mention.start - _REACH) : mention.start]
    leads, follows = bool(rules.before.search(before)), bool(rules.after.match(place.text, mention.tail))
    for rule in candidates(rules, leads, follows, _inside(place)):
        if _applies(rule, mention) and _matches(rule, mention, head, place, before):
            return rule.id
    return ""
