"""The rules as people write them (rules/*.yaml) and as the extractor uses them: lookup tables, built once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml

from etl.extracting.beginnings import quick
from etl.extracting.words import ALONE, Token, Words, lengths, words_of

_RIGHT_ONLY = frozenset(("实际", "平均", "人均"))
CONCERNS = ("units", "numbers", "bounds", "verbs", "qualifiers", "rejects", "tense", "tables")


@cache
def rules_of(concern: str) -> tuple[dict[str, Any], ...]:
    """The rules of one concern, in their order."""
    source = resources.files(__package__).joinpath("rules", f"{concern}.yaml")
    return tuple(yaml.safe_load(source.read_text(encoding="utf-8")))


def every_rule() -> Iterable[dict[str, Any]]:
    """Every rule of every concern."""
    return (rule for concern in CONCERNS for rule in rules_of(concern))


def _tokens(concern: str, roles: set[str], key: str = "role") -> Iterable[Token]:
    for rule in rules_of(concern):
        if rule[key] in roles:
            for word in rule["words"]:
                yield Token(word, rule[key], str(rule.get("sign", rule.get("values", {}).get(word, ""))), rule["id"])


@cache
def before_number() -> Words:
    """What may stand between a name and its number, read from the number backwards."""
    verbs = list(_tokens("verbs", {"link", "keep", "change", "to", "act", "share", "adverb"}))
    order = {role: place for place, role in enumerate(("to", "change", "keep", "link", "share", "act", "adverb"))}
    verbs.sort(key=lambda token: order[token.role])
    bounds = [Token(t.word, "bound", t.sign, t.rule) for t in _tokens("bounds", {"before"}, "place")]
    bases = _tokens("qualifiers", {"base", "kept", "period"})
    return words_of([*bounds, *verbs, *bases])


@cache
def after_unit() -> Words:
    """The bound words behind a unit."""
    return words_of(Token(t.word, "bound", t.sign, t.rule) for t in _tokens("bounds", {"after"}, "place"))


@cache
def before_name() -> Words:
    """What may stand before a name and is no part of it, read from the left."""
    bases = (t for t in _tokens("qualifiers", {"base"}) if t.word not in _RIGHT_ONLY)
    known = [*_tokens("qualifiers", {"scope", "period", "whole-word"}), *bases, *_tokens("verbs", {"act"})]
    return words_of([*known, *_tokens("qualifiers", {"joiner"})])


@cache
def adverbs() -> Words:
    """Adverbs, dropped where a verb follows them."""
    return words_of(_tokens("verbs", {"adverb", "share"}))


@cache
def acts() -> frozenset[str]:
    """The verbs that do something to a number of things."""
    return frozenset(t.word for t in _tokens("verbs", {"act"}))


@cache
def beside_only() -> frozenset[str]:
    """Verbs of one character, read as verbs only right beside the number."""
    return frozenset(word for rule in rules_of("verbs") if rule.get("beside") for word in rule["words"])


@cache
def existing_verbs() -> frozenset[str]:
    """The verbs that are said of things which exist already."""
    return frozenset(word for rule in rules_of("verbs") for word in rule.get("existing", ()))


@cache
def hedges() -> frozenset[str]:
    """The words that say how firmly something is promised."""
    return frozenset(word for rule in rules_of("verbs") for word in rule.get("hedges", ()))


@cache
def increases() -> Words:
    """Verbs of change, by word."""
    return words_of(_tokens("verbs", {"change"}))


@cache
def unit_words() -> Words:
    """Every unit, by word; the role is its kind."""
    return words_of(Token(w, rule["kind"], "", rule["id"]) for rule in rules_of("units") for w in rule["words"])


@cache
def patterns_of(role: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The compiled patterns of the qualifier rules with a role, with their rule."""
    found = []
    for rule in rules_of("qualifiers"):
        if rule["role"] == role:
            found += [(re.compile(pattern), rule["id"]) for pattern in rule.get("patterns", ())]
    return tuple(found)


def word_at_end(role: str, text: str, least: int = 1) -> str:
    """The longest word of a role that a text ends in, at least so many characters of it left before the word.

    >>> word_at_end("bare", "粮食播种面积"), word_at_end("bare", "总面积"), word_at_end("bare", "大总面积", 2)
    ('播种面积', '面积', '面积')
    """
    words = word_set(role)
    ends = (text[-size:] for size in _lengths_by_end(role).get(text[-2:], ALONE) if len(text) - size >= least)
    return next((end for end in ends if end in words), "")


@cache
def _lengths_by_end(role: str) -> dict[str, tuple[int, ...]]:
    return lengths(word_set(role), slice(-2, None))


@cache
def any_of(*roles: str, ending: str = "") -> re.Pattern[str]:
    """All patterns of some roles as one, which tells at once where none of them holds."""
    every = "|".join(f"(?:{pattern.pattern})" for role in roles for pattern, _ in patterns_of(role))
    return re.compile(quick(f"(?:{every}){ending}"))


@cache
def word_set(role: str) -> frozenset[str]:
    """The words of the qualifier rules with a role."""
    return frozenset(word for rule in rules_of("qualifiers") if rule["role"] == role for word in rule["words"])
