"""What stands behind a number: magnitude, unit and bound, read from its last digit on."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from etl.extracting.rulebook import after_unit, rules_of, unit_words
from etl.extracting.words import Token, Words, words_of

_LONGEST_IN_BRACKETS = 2
_CLOSING = {"（": "）", "(": ")"}
_MORE = str.maketrans("", "", "余多来")
_SPENDING = "元|支持|扶持|用于|资助|补助|奖励|贷款|投入|给|帮"
_PER = frozenset("/·")
_GOES_ON = _PER.union(_CLOSING)
_MYRIADS = frozenset("万亿千百")
_ALONE = ("亿", "万亿", "千亿", "百亿")


class Mention(NamedTuple):
    """A number and its unit: offsets of the flow, `end` behind the number, `tail` behind unit and bound."""

    start: int
    end: int
    tail: int
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    kind: str
    bound: str
    rules: tuple[str, ...]
    han: bool = False
    strict: bool = False


class Unit(NamedTuple):
    """A unit found in a text: where it ends, its magnitude, word and kind, and the rule that knows it."""

    end: int
    size: str = ""
    word: str = ""
    kind: str = ""
    rule: str = ""


def by_role(role: str) -> dict[str, Any]:
    """The rule of numbers with a role."""
    return next(rule for rule in rules_of("numbers") if rule["role"] == role)


@cache
def _magnitudes() -> Words:
    rule = by_role("magnitude")
    return words_of(Token(w, "magnitude", str(size), rule["id"]) for w, size in rule["words"].items())


@cache
def more_words() -> frozenset[str]:
    """The characters that make a number a lower bound (余, 多)."""
    return frozenset(by_role("more")["words"])


@cache
def _strict() -> frozenset[str]:
    return frozenset(w for rule in rules_of("units") for w in rule.get("strict", ()))


@cache
def _nouns() -> dict[str, str]:
    """For a unit, the characters that make it the beginning of a noun (人才, 处理)."""
    return {word: after for rule in rules_of("units") for word, after in rule.get("nouns", {}).items()}


@cache
def _people() -> re.Pattern[str]:
    """Those whom ten thousands are said of without a word between (20余万老年人, 421万慢性病患者)."""
    words = "|".join(sorted(by_role("people")["words"], key=len, reverse=True))
    return re.compile(rf"(?:以上|左右|以内)?的?(?:(?!{_SPENDING})[^，。；、：（）\d\s]){{0,8}}?(?:{words})")


def unit_at(text: str, at: int) -> Unit:
    """Magnitude and unit from `at` on."""
    size, plain = _magnitudes().at(text, at), _plain(text, at)
    if size and not (plain and len(plain.word) > len(size.word)):
        start = at + len(size.word)
        if text[start : start + 1] in more_words() and start < len(text):
            start += 1
        unit = _plain(text, start)
        if unit and unit.role != "time":
            return Unit(start + len(unit.word), size.word, unit.word, unit.role, unit.rule)
        if size.word == "万" and _people().match(text, start):
            return Unit(start, size.word, size.word, "person", "unit-people")
        if size.word in _ALONE or (size.word == "万" and not text[start : start + 1].isalpha()):
            return Unit(start, size.word, size.word, "money" if "亿" in size.word else "count", "magnitude")
        if size.word not in ("千", "百"):
            return Unit(at)
    return Unit(at + len(plain.word), "", plain.word, plain.role, plain.rule) if plain else Unit(at)


def _plain(text: str, at: int) -> Token | None:
    """The unit at a place, unless it begins a noun."""
    token = unit_words().at(text, at)
    nouns = _nouns().get(token.word) if token else None
    if token is None or nouns is None:
        return token
    behind = text[at + len(token.word) : at + len(token.word) + 1]
    return None if behind and behind in nouns else token


def bound_at(text: str, at: int) -> tuple[int, str, str]:
    """The bound word behind a unit: where it ends, its sign and rule."""
    token = after_unit().at(text, at)
    if not token or (token.word == "内" and text[at + 1 : at + 2].isalpha()):
        return at, "", ""
    return at + len(token.word.removesuffix("的")), token.sign, token.rule


def _behind_more(text: str, at: int) -> int:
    """Where a unit ends that goes on in brackets or behind a stroke."""
    return _behind_slash(text, _behind_brackets(text, at))


def _behind_slash(text: str, at: int) -> int:
    """Where a unit ends that goes on by what it is measured: 吨/平方公里·月, 元/人·年."""
    while text[at : at + 1] in _PER:
        token = unit_words().at(text, at + 1 + (text[at + 1 : at + 2] in _MYRIADS))
        if token is None:
            break
        at = text.index(token.word, at + 1) + len(token.word)
    return at


def _behind_brackets(text: str, at: int) -> int:
    """Where a unit ends that has another in brackets: 人（次）, 套（间）."""
    close = _CLOSING.get(text[at : at + 1])
    end = text.find(close, at, at + _LONGEST_IN_BRACKETS + 2) if close else -1
    return end + 1 if end > 0 and text[at + 1 : end] in unit_words().tokens else at


def measured(text: str, start: int, end: int, low: float, high: float | None, rule: str) -> Mention | None:
    """The mention that a number begins, when a unit follows it."""
    more = end < len(text) and text[end] in more_words()
    unit = unit_at(text, end + more)
    if not unit.word or (high is not None and high <= low):
        return None
    at = _behind_more(text, unit.end) if text[unit.end : unit.end + 1] in _GOES_ON else unit.end
    inner = text[end:at]
    tail, after, after_rule = bound_at(text, at)
    bound = after or (">" if more or "余" in inner or "多" in inner else "")
    rules = _rules(rule, more, unit.rule, bool(unit.size), after_rule if after else "", high is not None)
    value, lowest = (low, None) if high is None else (None, low)
    strict = high is None and unit.word in _strict()
    written = inner.translate(_MORE) if more or unit.size else inner
    return Mention(start, end, tail, value, lowest, high, written, unit.kind, bound, rules, False, strict)


@cache
def _rules(number: str, more: bool, unit: str, sized: bool, after: str, ranged: bool) -> tuple[str, ...]:
    """The rules that read a mention, in the order in which they did."""
    more_rule, size_rule, range_rule = "number-more" * more, "magnitude" * sized, "number-range" * ranged
    return tuple(rule for rule in (number, more_rule, unit, size_rule, after, range_rule) if rule)
