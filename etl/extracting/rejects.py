"""The rules of rules/rejects.yaml, compiled: which may reject a number of a kind and unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.extracting.beginnings import quick
from etl.extracting.rulebook import rules_of


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
def lexical() -> tuple[Rule, ...]:
    """The rules that go by words, units or kinds, in their order."""
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


@lru_cache(1024)
def rules_for(kind: str, unit: str) -> Rules:
    """The rules that may reject a number of a kind and unit."""
    fit = (r for r in lexical() if (not r.kinds or kind in r.kinds) and (not r.units or unit in r.units))
    return _together(tuple(rule.id for rule in fit))


@cache
def _together(ids: tuple[str, ...]) -> Rules:
    """Some rules by their ids; most units have the same."""
    rules = tuple(rule for rule in lexical() if rule.id in ids)
    return Rules(rules, _any(r.before for r in rules), _any(r.after for r in rules))


def _any(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str]:
    return re.compile(quick("|".join(f"(?:{p.pattern})" for p in patterns if p) or "(?!)"))


@lru_cache(1024)
def candidates(rules: Rules, leads: bool, follows: bool, inside: frozenset[str]) -> tuple[Rule, ...]:
    """Those of the rules whose words stand before and behind a number, and in its sentence."""
    return tuple(
        rule
        for rule in rules.all
        if (leads or not rule.before) and (follows or not rule.after) and (not rule.inside or rule.id in inside)
    )
