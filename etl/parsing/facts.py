"""What the page says of itself: the reader's facts first, then the labels that are left in the text."""

from __future__ import annotations

import re

from etl.parsing.dates import find_date
from etl.parsing.page import Page, fold
from etl.parsing.rules import Rule, table

_HEAD = 3000


def read_facts(page: Page) -> dict[str, str]:
    """Facts by their name; what the reader found wins over what the text says."""
    head = fold(page.source[:_HEAD])
    found: dict[str, str] = {}
    for shape in table("labels"):
        span = _value(shape, head)
        if span:
            found.setdefault(shape.field("fact"), page.quote(*span).strip())
    return found | {name: value for name, value in page.document.facts.items() if value}


def moment(text: str | None) -> str | None:
    """A date, and its time where there is one, in ISO form.

    >>> moment("2017/2/16 19:43:00"), moment("2011年09月27来源"), moment("昨天")
    ('2017-02-16T19:43:00', '2011-09-27', None)
    """
    found = find_date(fold(text or ""))
    if found is None or found.iso is None:
        return None
    clock = re.match(r"[\sT]*(\d{1,2}):(\d{2})(?::(\d{2}))?", fold(text or "")[found.end :])
    if not clock:
        return found.iso
    return f"{found.iso}T{int(clock[1]):02}:{clock[2]}:{clock[3] or '00'}"


def path_of(breadcrumb: str | None) -> tuple[str, ...]:
    """The steps of a breadcrumb.

    >>> path_of("首页 >> 党务公开 > 重大事项决策执行")
    ('首页', '党务公开', '重大事项决策执行')
    """
    steps = re.split(r"\s*(?:>+|›|»|＞+|→|\s/\s)\s*", breadcrumb or "")
    return tuple(step.strip() for step in steps if step.strip())


def _value(shape: Rule, head: str) -> tuple[int, int] | None:
    match = shape.pattern.search(head)
    if not match:
        return None
    return match.span("value2") if match.groupdict().get("value2") else match.span("value")
