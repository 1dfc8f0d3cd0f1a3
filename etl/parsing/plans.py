"""The year that a paper plans for: of a plan for several years the last one."""

from __future__ import annotations

import re

from etl.parsing.numerals import to_int
from etl.parsing.page import fold
from etl.parsing.rules import rule, table

_TENTH = 2005
"""The last year of 十五, the tenth five-year plan."""
_LEAD = 1500
"""How far into the text the plan's term is looked for."""


def plan_year(title: str | None) -> int | None:
    """The year that a title speaks of, the last one of a span; `None` where it leaves that open.

    >>> [plan_year(title) for title in ("2017年工作要点", "规划（2016—2020年）", "“十四五”规划", "意见")]
    [2017, 2020, 2025, None]
    >>> plan_year("关于2013年计划执行情况与2014年计划草案的报告"), plan_year("关于2013年和2014年工作的报告")
    (2014, None)
    """
    text = fold(title or "")
    for shape in (r for r in table("plan_years") if r.field("where") == "title"):
        years = {_last(match) for match in shape.pattern.finditer(text)}
        if len(years) == 1 or (years and rule("titles", "draft").pattern.search(text)):
            return max(years)
    return None


def planned_in_text(view: str) -> int | None:
    """The last year of the term that a folded text names for its plan.

    >>> planned_in_text("2012年起5年内,大力实施人才计划。"), planned_in_text("2012年起施行。")
    (2016, None)
    """
    shapes = [r.pattern for r in table("plan_years") if r.field("where") == "text"]
    found = next((match for shape in shapes if (match := shape.search(view, 0, _LEAD))), None)
    return _last(found) if found else None


def _last(match: re.Match[str]) -> int:
    told = match.groupdict()
    if told.get("nth") or told.get("nth2"):
        return _TENTH + 5 * (to_int(told.get("nth") or told["nth2"]) or 0)
    if told.get("count"):
        return int(told["first"]) + (to_int(told["count"]) or 0) - 1
    if told.get("short"):
        return int(told["first"][:2] + told["short"])
    return to_int(told["last"]) or 0
