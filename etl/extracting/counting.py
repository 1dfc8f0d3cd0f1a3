"""Numbers written in Chinese numerals, and 翻番."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from etl.extracting.folding import matches
from etl.extracting.measures import Mention, bound_at, by_role, unit_at
from etl.extracting.numerals import chinese_number

_HAN = "一二两三四五六七八九十百千"
_BEGINS = re.compile(f"[翻百千超破过逾几数{_HAN}]")
_NO_COUNT_BEHIND = frozenset("〇零点第.几数")


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(by_role("percent-words")["words"])
    return re.compile(
        rf"翻(?P<times>[一二两三四]?)番|(?P<part>{words})(?P<share>[{_HAN}零点〇]+)|[超破过逾](?P<one>亿(?=[元吨斤]))"
        rf"|(?P<count>[{_HAN}]+|[几数][{_HAN[-3:]}])(?P<more>余|多|几)?"
    )


@cache
def _units() -> frozenset[str]:
    return frozenset(by_role("chinese")["words"])


def han_mentions(text: str) -> Iterator[Mention]:
    """Every quantity of a text that is written in Chinese numerals."""
    for match in matches(_pattern(), _BEGINS, text):
        if match["times"] is not None:
            yield _doubling(text, match)
        elif match["part"]:
            yield from _percent_words(text, match)
        elif match["one"]:
            yield from _hundred_million(text, match)
        elif match["count"]:
            yield from _counted(text, match)


def _doubling(text: str, match: re.Match[str]) -> Mention:
    times = chinese_number(match["times"]) or 1
    tail, after, rule = bound_at(text, match.end())
    rules = ("number-doubling", *((rule,) if rule else ()))
    value = (2.0**times - 1) * 100
    return Mention(match.start(), match.end(), tail, value, None, None, "%", "double", after, rules, True)


def _percent_words(text: str, match: re.Match[str]) -> Iterator[Mention]:
    value = chinese_number(match["share"])
    if value is not None:
        tail, after, rule = bound_at(text, match.end())
        rules = ("number-percent-words", *((rule,) if rule else ()))
        unit = "%" if match["part"] == "百分之" else "‰"
        yield Mention(match.start(), match.end(), tail, value, None, None, unit, "percent", after, rules, True)


def _hundred_million(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """超亿元 is more than one."""
    unit = unit_at(text, match.start("one"))
    if unit.word:
        tail, after, _ = bound_at(text, unit.end)
        rules = ("number-chinese", unit.rule)
        start, written = match.start("one"), text[match.start("one") : unit.end]
        yield Mention(start, start + 1, tail, 1.0, None, None, written, unit.kind, after, rules, True)


def _counted(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """A Chinese numeral before one of the units that it may count."""
    digits, before = match["count"], text[match.start() - 1 : match.start()]
    if digits[0] in "几数" or digits == "一" or before in _NO_COUNT_BEHIND or before.isdigit():
        return
    value = chinese_number(digits)
    unit = unit_at(text, match.end())
    written = text[match.end() : unit.end]
    if value is not None and unit.word and written in _units():
        tail, after, after_rule = bound_at(text, unit.end)
        rules = ("number-chinese", unit.rule, *((after_rule,) if after_rule else ()))
        bound, end = after or (">" if match["more"] else ""), match.end("count")
        yield Mention(match.start(), end, tail, value, None, None, written, unit.kind, bound, rules, True)
