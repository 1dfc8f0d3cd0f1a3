"""The deadline of a task, as written."""

from __future__ import annotations

import re
from functools import cache

from etl.parsing.joining import joined_dates
from etl.parsing.rules import rule, table

Span = tuple[int, int]
_BARE = re.compile(r"(?:\d{1,2}月|年)底")


def deadline_in(text: str) -> Span | None:
    """Where the deadline stands in a folded text; `None` without one or with targets of several years.

    >>> deadline_in("6月底前完成改造。"), deadline_in("到2020年建成50处,到2025年建成100处。")
    ((0, 4), None)
    """
    if not rule("hints", "deadline").pattern.search(text):
        return None
    whole = joined_dates(text)
    span = _span_in(whole.text)
    return whole.span(*span) if span else None


def _span_in(text: str) -> Span | None:
    label = rule("deadlines", "label").pattern.search(text) if ":" in text else None
    if label:
        return label.span("when")
    found = sorted({span for needs, shape in _shapes() if needs in text for span in _spans(shape, text)})
    outer = [span for span in found if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in found)]
    years = {year for start, end in outer for year in re.findall(r"(?:19|20)\d{2}", text[start:end])}
    return None if not outer or len(years) > 1 else _telling(text, outer)


def _telling(text: str, spans: list[Span]) -> Span:
    """The first deadline; a bare 年底 only says when something is done, where another one bounds it (6月底前)."""
    bounded = [span for span in spans if text[span[0] : span[1]].endswith("前")]
    return bounded[0] if bounded and _BARE.fullmatch(text[slice(*spans[0])]) else spans[0]


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What each shape of a deadline can't do without, and its pattern."""
    return tuple((shape.field("needs"), shape.pattern) for shape in table("deadlines"))


def _spans(shape: re.Pattern[str], text: str) -> list[Span]:
    return [match.span("when") for match in shape.finditer(text)]
