"""The rules that say a number is no target, in the order of rules/rejects.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

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


@dataclass(frozen=True, slots=True)
class Place:
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
def _of_kind(kind: str, unit: str) -> tuple[Rule, ...]:
    """The rules that may reject a number of a kind and unit."""
    return tuple(r for r in _lexical() if (not r.kinds or kind in r.kinds) and (not r.units or unit in r.units))


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
    before = place.text[max(place.sentence, mention.start - _REACH) : mention.start]
    for rule in _of_kind(mention.kind, mention.unit or ""):
        if _applies(rule, mention) and _matches(rule, mention, head, place, before):
            return rule.id
    return ""
