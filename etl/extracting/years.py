"""The year that a number is meant for: stated in its sentence, carried inside its item, or the plan's."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from etl.document import Notice
from etl.extracting.folding import fold, matches
from etl.extracting.layout import Layout
from etl.extracting.marks import weigh_heading
from etl.extracting.numerals import chinese_number
from etl.extracting.periods import PLANS, digits, period, year_of
from etl.extracting.planning import dated, foretold, planned_period

_BEGINS = re.compile("[12一二十八九去上前今明本后年截](?=[09〇零一二三四五六九年内底末至])")
_YEAR = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2}|[一二][〇零九][〇零一二三四五六七八九]{2}(?=年))"
    r"(?:年(?P<of>的[\d.]+(?:倍|%)|的[一二三两]倍|基础上|同期)?|(?=[,，]?(?:底|末)))"
    r"|(?P<plan>十[一二三四五六]?|[八九])五(?:(?P<mark>[”\"])(?!规划|计划|以来|约束|目标(?![是为：]))|(?=末|期末|期间|时期|规划期|期内))"
    r"|(?P<word>[去上前今明本后]年|年内|年[底末]前|截至目前)"
)
_NOT_BEFORE = frozenset("零一二三四五六七八九十百0123456789.")
_COMPARED = re.compile(r"(?:比|较|以|与|相比|同|从|由|针对|对照)[^，。；、\d]{0,3}(?:20\d\d[-—－~～至])?$")
_OVERALL = re.compile(
    '(?:总体|主要|发展|奋斗|工作|总)目标(?:任务)?(?:是|为)?[：:，。\n]{0,2}(?:[（(]?一?[)）]?)?(?:力争)?到?[“"]?$'
)
_FIRST_ARTICLE = re.compile(r"^第一条", re.MULTILINE)
_NEAR = 16
_SPAN = re.compile(r"起[，,]?(?:用|在)?(?P<years>[2-9]|[二两三四五六])年(?:内|时间|左右)?")
_WORDS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "年内": 0, "年底前": 0, "年末前": 0, "截至目前": 0}
_WORDS |= {"明年": 1, "后年": 2}


class Stated(NamedTuple):
    """A year that the text states, where, and whether it is last year's word."""

    at: int
    year: int | None
    past_word: bool = False
    ahead: bool = False


@dataclass(frozen=True)
class Calendar:
    """The years of a text and what the notice says of its own."""

    layout: Layout
    notice: Notice

    @cached_property
    def now(self) -> int | None:
        """The year that 今年 means."""
        written, plan = self._written, self.plan
        named = self.notice.plan_year or self._period
        if written and plan and (abs(plan - written) > 1 or not named):
            return written
        if plan and not (written or named) and "明年" in self.layout.flow.text:
            return plan - 1
        return plan or written or dated(self.layout.flow.text)

    @cached_property
    def base(self) -> int | None:
        """The first year that is not past."""
        planned = self._period[0] if self._period else self.plan
        known = min((year for year in (planned, self._written) if year), default=None)
        return known or dated(self.layout.flow.text)

    @property
    def _written(self) -> int | None:
        return year_of(self.notice.written_on) or year_of(self.notice.published_at)

    @cached_property
    def plan(self) -> int | None:
        """The year that the notice plans for, of a period its last."""
        return self.notice.plan_year or (self._period[1] if self._period else self._outlook or self._spanned)

    @cached_property
    def before_plan(self) -> int | None:
        """The last year before the plan, or before the first year of its period."""
        first = self._period[0] if self._period and self._period[1] == self.plan else self.plan
        return first - 1 if first else None

    @cached_property
    def is_ordinance(self) -> bool:
        """Whether the text is a set of articles without a year of its plan: what it asks for holds in any year."""
        planned = self.notice.plan_year or self._period
        return not planned and bool(_FIRST_ARTICLE.search(self.layout.flow.text))

    @cached_property
    def _spanned(self) -> int | None:
        """The last year of a span that the text sets itself (2014年起用3年时间)."""
        text = self.layout.flow.text
        found = next((m for m in self._years if m["year"] and _SPAN.match(text, m.end())), None)
        return digits(found["year"]) + self._years_on(found.end()) if found else self._aimed

    @property
    def _aimed(self) -> int | None:
        """The year that the text names with its overall aim (总体目标是：到2015年…)."""
        text = self.layout.flow.text
        found = (m for m in self._years if m["plan"] or m["year"])
        aimed = next((m for m in found if _OVERALL.search(text, max(0, m.start() - _NEAR), m.start())), None)
        if aimed is None:
            told = foretold(text, [m for m in self._years if m["year"]], self.notice.title or "")
            return told or planned_period(text, [m for m in self._years if m["plan"]])
        return PLANS[aimed["plan"]] if aimed["plan"] else digits(aimed["year"])

    @property
    def _outlook(self) -> int | None:
        """The year of the chapter on what is to be done (2018年主要目标), of a report without one in its title."""
        titles = [chapter.title for chapter in self.layout.parsed.chapters]
        aims = [t for t in titles if weigh_heading(t, "heading")[0] < 0]
        years = {int(year) for title in aims for year in re.findall(r"(?:19|20)\d\d(?=年)", fold(title))}
        return years.pop() if len(years) == 1 else None

    @cached_property
    def _period(self) -> tuple[int, int] | None:
        return period(self.notice.attached_title) or period(self.notice.title)

    @cached_property
    def stated(self) -> list[Stated]:
        """Every year of the text that a number may be meant for, in order."""
        return [s for match in self._years if (s := self._stated(match))]

    @cached_property
    def _years(self) -> list[re.Match[str]]:
        """The years of the text as they are written."""
        return list(matches(_YEAR, _BEGINS, self.layout.flow.text))

    @cached_property
    def _places(self) -> list[int]:
        return [stated.at for stated in self.stated]

    def _stated(self, match: re.Match[str]) -> Stated | None:
        text, at = self.layout.flow.text, match.start()
        compared = _COMPARED.search(text, max(0, at - 9), at) and not _SPAN.match(text, match.end())
        reached = text[at - 1 : at] in ("到", "至") and match["of"] != "同期"
        if (match["of"] and not reached) or compared or (not match["word"] and text[at - 1 : at] in _NOT_BEFORE):
            return None
        if match["year"]:
            done = text[max(0, at - 3) : at].rstrip("到").endswith(("截至", "截止"))
            aimed = not done and text[at - 1 : at] in ("到", "至")
            year = digits(match["year"]) + self._years_on(match.end())
            return None if self._is_name(match) else Stated(at, year, done, aimed)
        if match["plan"]:
            return Stated(match.start(), PLANS[match["plan"]], ahead=True)
        shift = _WORDS[match["word"]]
        now = self._written if shift < 0 and self._written == (self.plan or 0) + 1 else self.now
        return Stated(match.start("word"), now + shift if now else None, shift < 0)

    def _years_on(self, end: int) -> int:
        """2018年起三年内 ends two years later."""
        span = _SPAN.match(self.layout.flow.text, end) if self.layout.flow.text.startswith("起", end) else None
        return int(chinese_number(span["years"]) or span["years"]) - 1 if span else 0

    def _is_name(self, match: re.Match[str]) -> bool:
        """A year inside 《》 or brackets of a document number is no year of a target."""
        text, at = self.layout.flow.text, match.start("year")
        if text[at - 1 : at] in ("〔", "[", "【"):
            return True
        line = max(0, at - 60)
        return text.rfind("《", line, at) > text.rfind("》", line, at)

    def reviewed(self, start: int, end: int) -> int | None:
        """The latest year of a span that is not ahead of the text."""
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        years = (s.year for s in self.stated[first:last] if s.year and not s.ahead)
        return max((year for year in years if not self.now or year <= self.now), default=None)

    def within(self, start: int, end: int) -> Stated | None:
        """The last year stated in a span."""
        place = bisect_left(self._places, end) - 1
        return self.stated[place] if place >= 0 and self._places[place] >= start else None
