"""Years as texts write them: of a date, of the period that a title names, in Chinese digits."""

from __future__ import annotations

import re

from etl.extracting.folding import fold

_PERIOD = re.compile(
    r"(?P<first>(?:19|20)\d\d)年?[-—–~～至]{1,2}(?P<end>(?:19|20)\d\d)|(?P<plan>十[一二三四五六]|[八九十])五[”\"]?(?:期间|时期)?[^，。]{0,24}?(?:规划|计划|方案|纲要)"
    r"|第(?P<fifth>十[一二三四五六]|[八九十])个五年规划"
)
_HAN_DIGITS = "〇一二三四五六七八九"
PLANS = {
    "八": 1995,
    "九": 2000,
    "十": 2005,
    "十一": 2010,
    "十二": 2015,
    "十三": 2020,
    "十四": 2025,
    "十五": 2030,
    "十六": 2035,
}


def year_of(date: str | None) -> int | None:
    """The year of an ISO date.

    >>> year_of("2017-02-15"), year_of(None)
    (2017, None)
    """
    return int(date[:4]) if date and date[:4].isdigit() else None


def period(title: str | None) -> tuple[int, int] | None:
    """The first and the last year of the period that a title names.

    >>> [period(title) for title in ("行动方案（2023—2025年）", "“十三五”规划", "第十四个五年规划纲要", "意见")]
    [(2023, 2025), (2016, 2020), (2021, 2025), None]
    """
    found = _PERIOD.search(fold(title or ""))
    if not found:
        return None
    if found["end"]:
        return int(found["first"]), int(found["end"])
    last = PLANS[found["plan"] or found["fifth"]]
    return last - 4, last


def digits(year: str) -> int:
    """A year in digits or in Chinese digits.

    >>> digits("二〇一五"), digits("2015")
    (2015, 2015)
    """
    if year.isdecimal():
        return int(year)
    return int("".join(str(_HAN_DIGITS.index(c)) if c in _HAN_DIGITS else c for c in year.replace("零", "〇")))
