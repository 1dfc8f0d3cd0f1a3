"""Cited papers: 《…》 with the number beside it, and numbers that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.document import Citation
from etl.parsing.numbers import Numbered, numbers_in, squeeze
from etl.parsing.outline import plain
from etl.parsing.page import Page
from etl.parsing.rules import rule

Span = tuple[int, int]


def citations_of(page: Page, apart: Sequence[Span]) -> tuple[Citation, ...]:
    """All citations outside the spans `apart` (the notice's own title and number)."""
    numbers = [n for n in numbers_in(page.view) if not _within((n.start, n.end), apart)]
    titled = [c for c in _titled(page, numbers) if not _within((c.start, c.end), apart)]
    used = [(c.start, c.end) for c in titled]
    alone = [_alone(page, n) for n in numbers if not _within((n.start, n.end), used)]
    return tuple(sorted([*titled, *alone], key=lambda c: c.start))


def _titled(page: Page, numbers: Sequence[Numbered]) -> Iterator[Citation]:
    starts = {n.start: n for n in numbers}
    ends = {n.end: n for n in numbers}
    for match in rule("citations", "title").pattern.finditer(page.view):
        start, end, number = match.start(), match.end(), ends.get(match.start())
        gap = rule("citations", "number-behind").pattern.match(page.view, end)
        behind = starts.get(gap.end()) if gap else None
        if behind:
            number, end = behind, behind.end + bool(re.match(r"[)）]", page.view[behind.end : behind.end + 1]))
        elif number:
            start = number.start
        title = plain(page.quote(*match.span("title")))
        written = squeeze(page.quote(number.start, number.end)) if number else None
        yield Citation(title, written, page.quote(start, end), start, end)


def _alone(page: Page, number: Numbered) -> Citation:
    quote = page.quote(number.start, number.end)
    return Citation(None, squeeze(quote), quote, number.start, number.end)


def _within(span: Span, spans: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
