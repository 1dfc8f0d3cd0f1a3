"""The deadline of a task, as written."""

from __future__ import annotations

import re

from etl.parsing.joining import joined_dates
from etl.parsing.rules import rule, table


def deadline_in(text: str) -> tuple[int, int] | None:
    """Where the deadline stands in a folded text; `None` without one or with targets of several years.

    >>> deadline_in("6月底前完成改造。"), deadline_in("到2020年建成50处,到2025年建成100处。")
    ((0, 4), None)
    """
    if not rule("hints", "deadline").pattern.search(text):
        return None
    whole = joined_dates(text)
    span = _span_in(whole.text)
    return whole.span(*span) if span else None


def _span_in(text: str) -> tuple[int, int] | None:
    label = rule("deadlines", "label").pattern.search(text) if ":" in text else None
    if label:
        return label.span("when")
    shapes = (shape for shape in table("deadlines") if shape.field("needs") in text)
    found = sorted({span for shape in shapes for span in _spans(shape.pattern, text)})
    outer = [span for span in found if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in found)]
    years = {year for start, end in outer for year in re.findall(r"(?:19|20)\d{2}", text[start:end])}
    return None if not outer or len(years) > 1 else outer[0]


def _spans(shape: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span("when") for match in shape.finditer(text)]
