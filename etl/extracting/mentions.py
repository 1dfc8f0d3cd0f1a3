"""Numbers with a unit: found by their digits, then read on through magnitude, unit and bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from etl.extracting.numerals import chinese_number
from etl.extracting.rulebook import Token, Words, after_unit, rules_of, unit_words, words_of

_TIMES = ("（次）", "(次)")
_NUMBER = r"[0-9]+(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_HAN = "一二两三四五六七八九十百千"


@dataclass(frozen=True, slots=True)
class Mention:
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


@dataclass(frozen=True, slots=True)
class _Tables:
    units: Words
    strict: frozenset[str]
    magnitudes: Words
    more: frozenset[str]
    han_units: frozenset[str]
    digits: re.Pattern[str]
    han: re.Pattern[str]


def _by_role(role: str) -> dict[str, Any]:
    return next(rule for rule in rules_of("numbers") if rule["role"] == role)


@cache
def _tables() -> _Tables:
    strict = frozenset(w for rule in rules_of("units") for w in rule.get("strict", ()))
    sizes = _by_role("magnitude")
    magnitudes = words_of(Token(w, "magnitude", str(size), sizes["id"]) for w, size in sizes["words"].items())
    between = "|".join(sorted(map(re.escape, _by_role("range")["words"]), key=len, reverse=True))
    colon = "".join(_by_role("ratio")["words"])
    first = r"(?:%|[万亿]+元?|[个家元吨人])?"
    digits = re.compile(
        rf"(?P<cut>[0-9]+\.(?![0-9\s]))|(?P<myriads>[0-9]+)万(?P<thousands>[0-9])千|(?P<low>{_NUMBER})(?:{first}(?:{between})(?P<high>{_NUMBER})|[{colon}](?P<ratio>{_NUMBER}))?"
    )
    words = "|".join(_by_role("percent-words")["words"])
    han = re.compile(
        rf"翻(?P<times>[一二两三四]?)番|(?P<part>{words})(?P<share>[{_HAN}零点〇]+)"
        rf"|(?P<count>[{_HAN}]+|[几数][{_HAN[-3:]}])(?P<more>余|多|几)?"
    )
    return _Tables(
        unit_words(),
        strict,
        magnitudes,
        frozenset(_by_role("more")["words"]),
        frozenset(_by_role("chinese")["words"]),
        digits,
        han,
    )


def find_mentions(text: str) -> list[Mention]:
    """Every number with a unit that the tables know, in order."""
    found = [*_with_digits(text), *_in_han(text)]
    found.sort(key=lambda m: m.start)
    return found


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _with_digits(text: str) -> Iterator[Mention]:
    for match in _tables().digits.finditer(text):
        if match["cut"]:
            yield from _cut_short(text, match)
            continue
        if match["myriads"]:
            yield from _in_myriads(text, match)
            continue
        ratio = match["ratio"]
        if ratio:
            yield from _ratio(match)
            continue
        low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
        mention = _measured(text, match.start(), match.end(), low, high, "number-digits")
        if mention:
            yield mention


def _cut_short(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """A number whose decimals are lost (约3.亿元): seen, so that it can be refused."""
    at, _, unit, _, _ = _unit(text, match.end())
    if unit and text[match.start() - 1 : match.start()] not in ("", "\n"):
        yield Mention(match.start(), match.end(), at, None, None, None, unit, "damaged", "", ("number-digits",))


def _in_myriads(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """2万5千公里 is 2.5 万公里."""
    mention = _measured(
        text, match.start(), match.end(), float(f"{match['myriads']}.{match['thousands']}"), None, "magnitude"
    )
    if mention and mention.unit:
        yield replace(mention, unit="万" + mention.unit)


def _ratio(match: re.Match[str]) -> Iterator[Mention]:
    if match["low"] == "1" and "." not in match["low"]:
        value = _number(match["ratio"])
        yield Mention(match.start(), match.end(), match.end(), value, None, None, None, "ratio", "", ("number-ratio",))


def _measured(text: str, start: int, end: int, low: float, high: float | None, rule: str) -> Mention | None:
    """The mention that a number begins, when a unit follows it."""
    tables = _tables()
    rules, bound, at = [rule], "", end
    if text[at : at + 1] in tables.more and at < len(text):
        at, bound = at + 1, ">"
        rules.append("number-more")
    at, size, unit, kind, unit_rule = _unit(text, at)
    if not unit:
        return None
    at += next((len(times) for times in _TIMES if text.startswith(times, at)), 0)
    inner = text[end:at]
    if "余" in inner or "多" in inner:
        bound = ">"
    written = inner.replace("余", "").replace("多", "").replace("来", "")
    rules += [unit_rule, *(["magnitude"] if size else [])]
    tail, after, after_rule = _after(text, at)
    if after:
        bound = after
        rules.append(after_rule)
    if high is not None and high > low:
        rules.append("number-range")
        return Mention(start, end, tail, None, low, high, written, kind, bound, tuple(rules))
    if high is not None:
        return None
    return Mention(start, end, tail, low, None, None, written, kind, bound, tuple(rules), False, unit in tables.strict)


def _unit(text: str, at: int) -> tuple[int, str, str, str, str]:
    """Magnitude and unit from `at` on: their end, the magnitude, the unit, its kind and rule."""
    tables = _tables()
    plain = tables.units.at(text, at)
    size = tables.magnitudes.at(text, at)
    if size and not (plain and len(plain.word) > len(size.word)):
        start = at + len(size.word)
        if text[start : start + 1] in tables.more and start < len(text):
            start += 1
        unit = tables.units.at(text, start)
        if unit and unit.role != "time":
            return start + len(unit.word), size.word, unit.word, unit.role, unit.rule
        if size.word in ("亿", "万亿", "千亿", "百亿") or (size.word == "万" and not text[start : start + 1].isalpha()):
            return start, size.word, size.word, "money" if "亿" in size.word else "count", "magnitude"
        if size.word not in ("千", "百"):
            return at, "", "", "", ""
    if plain:
        return at + len(plain.word), "", plain.word, plain.role, plain.rule
    return at, "", "", "", ""


def _after(text: str, at: int) -> tuple[int, str, str]:
    token = after_unit().at(text, at)
    if not token or (token.word == "内" and text[at + 1 : at + 2].isalpha()):
        return at, "", ""
    return at + len(token.word.removesuffix("的")), token.sign, token.rule


def _in_han(text: str) -> Iterator[Mention]:
    for match in _tables().han.finditer(text):
        if match["times"] is not None:
            yield _doubling(text, match)
        elif match["part"]:
            yield from _percent_words(text, match)
        elif match["count"]:
            yield from _counted(text, match)


def _doubling(text: str, match: re.Match[str]) -> Mention:
    times = chinese_number(match["times"]) or 1
    tail, after, rule = _after(text, match.end())
    rules = ("number-doubling", *((rule,) if rule else ()))
    value = (2.0**times - 1) * 100
    return Mention(match.start(), match.end(), tail, value, None, None, "%", "double", after, rules, True)


def _percent_words(text: str, match: re.Match[str]) -> Iterator[Mention]:
    value = chinese_number(match["share"])
    if value is not None:
        tail, after, rule = _after(text, match.end())
        rules = ("number-percent-words", *((rule,) if rule else ()))
        unit = "%" if match["part"] == "百分之" else "‰"
        yield Mention(match.start(), match.end(), tail, value, None, None, unit, "percent", after, rules, True)


def _counted(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """A Chinese numeral before one of the units that it may count."""
    digits, more = match["count"], match["more"] or ""
    if digits[0] in "几数" or digits == "一" or (text[match.start() - 1 : match.start()] or "x") in "〇零点第.几数":
        return
    value = chinese_number(digits)
    if value is None or text[match.start() - 1 : match.start()].isdigit():
        return
    end = match.end("count")
    at, _, unit, kind, rule = _unit(text, match.end())
    written = text[match.end() : at]
    if unit and written in _tables().han_units:
        tail, after, after_rule = _after(text, at)
        rules = ("number-chinese", rule, *((after_rule,) if after_rule else ()))
        bound = after or (">" if more else "")
        yield Mention(match.start(), end, tail, value, None, None, written, kind, bound, rules, True)
