"""The year that a number is meant for: stated in its sentence, carried inside its item, or the plan's."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from etl.document import Notice
from etl.extracting.layout import Layout

_YEAR = re.compile(
    r"(?P<base>(?:比|较|以|与|相比)[^，。；、\d]{0,3})?(?<![\d.])"
    r"(?:(?P<first>(?:19|20)\d\d)年?[-—–~～至到]{1,2})?(?P<year>(?:19|20)\d\d)(?:年(?P<of>的[\d一二三两]|基础上)?|(?=[,，]?(?:底|末)))"
    r"|[“\"]?(?P<plan>十[一二三四五六]|[八九十])五[”\"]?(?=末|期末|期间|时期|规划期|期|，|,|我|全|共|将|开|新|目标|规划目标|、)"
    r"|(?P<base2>(?:比|较|同|在)[^，。；、\d]{0,2})?(?P<word>去年|上年|前年|今年|明年|本年|后年)"
)
_WORDS = {"去年": -1, "上年": -1, "前年": -2, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_PLANS = {
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


@dataclass(frozen=True, slots=True)
class Stated:
    """A year that the text states, where, and whether it is last year's word."""

    at: int
    year: int | None
    past_word: bool = False


def year_of(date: str | None) -> int | None:
    """The year of an ISO date.

    >>> year_of("2017-02-15"), year_of(None)
    (2017, None)
    """
    return int(date[:4]) if date and date[:4].isdigit() else None


@dataclass(frozen=True)
class Calendar:
    """The years of a text and what the notice says of its own."""

    layout: Layout
    notice: Notice

    @cached_property
    def now(self) -> int | None:
        """The year that 今年 means."""
        notice = self.notice
        return notice.plan_year or year_of(notice.written_on) or year_of(notice.published_at)

    @cached_property
    def base(self) -> int | None:
        """The first year that is not past."""
        notice = self.notice
        written = year_of(notice.written_on) or year_of(notice.published_at)
        return min((year for year in (notice.plan_year, written) if year), default=None)

    @cached_property
    def stated(self) -> list[Stated]:
        """Every year of the text that a number may be meant for, in order."""
        return [s for match in _YEAR.finditer(self.layout.flow.text) if (s := self._stated(match))]

    def _stated(self, match: re.Match[str]) -> Stated | None:
        if match["base"] or match["of"] or match["base2"]:
            return None
        if match["year"]:
            return None if self._is_name(match) else Stated(match.start("year"), int(match["year"]))
        if match["plan"]:
            return Stated(match.start(), _PLANS[match["plan"]])
        shift = _WORDS[match["word"]]
        return Stated(match.start("word"), self.now + shift if self.now else None, shift < 0)

    def _is_name(self, match: re.Match[str]) -> bool:
        """A year inside 《》 or brackets of a document number is no year of a target."""
        text, at = self.layout.flow.text, match.start("year")
        if text[at - 1 : at] in ("〔", "[", "【"):
            return True
        line = max(0, at - 60)
        return text.rfind("《", line, at) > text.rfind("》", line, at)

    def within(self, start: int, end: int) -> Stated | None:
        """The last year stated in a span."""
        place = bisect_left(self.stated, end, key=lambda s: s.at) - 1
        found = self.stated[place] if place >= 0 else None
        return found if found and found.at >= start else None
