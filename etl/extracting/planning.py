"""The year of a plan whose title does not tell it: of its deadlines, before its list, or in what it says it will do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extracting.folding import fold
from etl.extracting.periods import PLANS, digits

_ALONE = re.compile("20[0-9]{2}(?![0-9年.])")
_AIMED = re.compile(
    "年[^，。；《》]{0,16}(?:主要|预期|奋斗|总体|年度)目标(?!完成|任务完成)|年国民经济和社会发展计划(?!执行|完成|情况)"
)
_PERIOD_AIMS = re.compile('[”"]?(?:期间|时期)?[^，。；《》]{0,16}(?:主要|预期|奋斗|总体|发展)目标(?:任务)?[是为]?[：:]')
_ISSUED = re.compile('(?:印发|发布|出台|下发|公布)(?:了|的)?《[“"]?$')
_DEADLINE = re.compile("(?:[底末]|年[底末]|[0-9]{1,2}月[底末]?)之?以?前")
_LISTED = re.compile("[^。；：\\n]{0,30}(?:如下|分别[是为]|包括|[是为])：\\n")
_WILL = re.compile(
    "年，?(?:[我全][市省县区州]|[^，。；0-9]{1,6})?(?:将(?![“《]|[^，。；]{1,24}(?:列入|纳入|作为|列为))|力争|计划|拟)"
)
_DATE = re.compile("(?P<year>20[0-9]{2})年[0-9]{1,2}月[0-9]{1,2}日")
_HEAD = 300


def planned_period(text: str, plans: Sequence[re.Match[str]]) -> int | None:
    """The last year of the period whose aims a text lists (“十一五”发展的主要目标是：), or whose plan is just out."""
    ends = {
        PLANS[plan["plan"]]
        for plan in plans
        if _PERIOD_AIMS.match(text, plan.end()) or _ISSUED.search(text, max(0, plan.start() - 8), plan.start())
    }
    return ends.pop() if len(ends) == 1 else None


def dated(text: str) -> int | None:
    """The year of the first full date at the head of a text.

    >>> dated("本报2019年12月22日讯"), dated("本报讯")
    (2019, None)
    """
    found = _DATE.search(text, 0, _HEAD)
    return int(found["year"]) if found else None


def _no_horizon(text: str, year: re.Match[str], sign: re.Pattern[str]) -> bool:
    """Whether a year is that of the plan itself, not how far its aims look (到2010年的奋斗目标)."""
    return sign not in (_AIMED, _WILL) or text[year.start() - 1 : year.start()] not in ("到", "至")


def foretold(text: str, years: Sequence[re.Match[str]], title: str) -> int | None:
    """The year that the title begins with, else the only one of aims, deadlines, a list, what will be done."""
    alone = _ALONE.match(fold(title))
    if alone:
        return int(alone.group())
    for sign, back in ((_AIMED, 1), (_DEADLINE, 0), (_LISTED, 0), (_WILL, 1)):
        found = {digits(y["year"]) for y in years if sign.match(text, y.end() - back) and _no_horizon(text, y, sign)}
        if len(found) == 1:
            return found.pop()
    return None
