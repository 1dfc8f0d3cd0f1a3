"""The rules that say a number is no target, in the order of rules/rejects.yaml."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from etl.extracting.heads import Head
from etl.extracting.measures import Mention
from etl.extracting.rulebook import rules_of

_REACH = 28


@dataclass(frozen=True, slots=True)
class Rule:
    """A reject rule, compiled."""

    id: str
    reason: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    inside: re.Pattern[str] | None
    unless_name: re.Pattern[str] | None
    kinds: frozenset[str]
    units: frozenset[str]
    sentence: bool
    idle: bool
    small: bool
    bounded: bool


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Rules that are tried together, with all that they look for before a number, and behind it, as one pattern."""

    all: tuple[Rule, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]


class Place(NamedTuple):
    """Where a number stands: the text, its clause and sentence, and how far its statement reaches."""

    text: str
    sentence: int
    clause: int
    reach: int


def _pattern(rule: dict[str, object], key: str) -> re.Pattern[str] | None:
    source = rule.get(key)
    return re.compile(f"{source}$" if key == "before" else str(source)) if source else None


def _compiled(rule: dict[str, object]) -> Rule:
    kinds, units = rule.get("kinds", ()), rule.get("units", ())
    return Rule(
        str(rule["id"]), str(rule["reason"]), _pattern(rule, "before"), _pattern(rule, "after"),
        _pattern(rule, "inside"), _pattern(rule, "unless_name"),
        frozenset(kinds), frozenset(units),  # type: ignore[call-overload]
        rule.get("scope") == "sentence", rule.get("special") == "described",
        bool(rule.get("small")),
        rule.get("special") == "sized",
    )  # fmt: skip


@cache
def _lexical() -> tuple[Rule, ...]:
    rules = (_compiled(rule) for rule in rules_of("rejects"))
    return tuple(r for r in rules if r.before or r.after or r.inside or r.kinds or r.units)


@cache
def reason_of(rule: str) -> str:
    """What a reject rule says for people."""
    return next(str(r["reason"]) for r in rules_of("rejects") if r["id"] == rule)


@cache
def rules_for_aims() -> frozenset[str]:
    """The rules that only keep aims out: what has been reached is a fact worth telling (低保标准达到每月…)."""
    return frozenset(str(rule["id"]) for rule in rules_of("rejects") if rule.get("aims"))


def _applies(rule: Rule, mention: Mention) -> bool:
    if rule.bounded and mention.bound not in (">=", "<="):
        return False
    return not (rule.small and "亿" in (mention.unit or ""))


@lru_cache(1024)
def _of_kind(kind: str, unit: str) -> Rules:
    """The rules that may reject a number of a kind and unit."""
    fit = (r for r in _lexical() if (not r.kinds or kind in r.kinds) and (not r.units or unit in r.units))
    return _together(tuple(rule.id for rule in fit))


@cache
def _together(ids: tuple[str, ...]) -> Rules:
    """Some rules by their ids; most units have the same."""
    rules = tuple(rule for rule in _lexical() if rule.id in ids)
    return Rules(rules, _any(r.before for r in rules), _any(r.after for r in rules))


def _any(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p.pattern})" for p in patterns if p) or "(?!)")


@lru_cache(1024)
def _candidates(rules: Rules, leads: bool, follows: bool, inside: frozenset[str]) -> tuple[Rule, ...]:
    """Those of the rules whose words stand before and behind a number, and in its sentence."""
    return tuple(
        rule
        for rule in rules.all
        if (leads or not rule.before) and (follows or not rule.after) and (not rule.inside or rule.id in inside)
    )


@lru_cache(1)
def _words_inside(text: str) -> tuple[list[int], list[str]]:
    """Where the words stand that a rule looks for in a clause, and the rule, over the whole text."""
    found = sorted((m.start(), r.id) for r in _lexical() if r.inside for m in r.inside.finditer(text))
    return [at for at, _ in found], [rule for _, rule in found]


def _inside(place: Place) -> frozenset[str]:
    """The rules whose words stand in a sentence."""
    starts, rules = _words_inside(place.text)
    first = bisect_left(starts, place.sentence)
    return frozenset(rules[first : bisect_left(starts, place.reach, first)])


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
    rules = _of_kind(mention.kind, mention.unit or "")
    before = place.text[max(place.sentence, mention.start - _REACH) : mention.start]
    leads, follows = bool(rules.before.search(before)), bool(rules.after.match(place.text, mention.tail))
    for rule in _candidates(rules, leads, follows, _inside(place)):
        if _applies(rule, mention) and _matches(rule, mention, head, place, before):
            return rule.id
    return ""
