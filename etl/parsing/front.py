"""The head of a notice: which lines stand before the text, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from etl.parsing.dates import whole_date
from etl.parsing.markers import marker_of
from etl.parsing.numbers import own_number
from etl.parsing.page import Line, Page, width
from etl.parsing.rules import is_line_of, rule

_LIMIT, _INTRODUCTION = 80, 15


@dataclass(frozen=True)
class Front:
    """The lines before the text; `stop` is the index of the first line of the text (or of the addressees).

    A site that reprints a paper may lead over to it: the head then begins at line `first`.
    """

    page: Page
    stop: int
    first: int = 0

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the head."""
        return self.page.lines[self.first : self.stop]

    @cached_property
    def candidates(self) -> tuple[Line, ...]:
        """The lines that may be part of a title."""
        return tuple(line for line in self.lines if not _is_known(line))

    @cached_property
    def letterhead(self) -> str | None:
        """The body named by a red heading."""
        for line in self.lines:
            match = rule("layout", "letterhead").pattern.match(line.text)
            if match:
                return "".join(match["body"].split())
        return None


def read_front(page: Page) -> Front:
    """Find where the head ends: at the addressees, at the first sentence or at the first numbered line."""
    first = _led_over(page)
    for index, line in enumerate(page.lines[first : first + _LIMIT], first):
        if _opens_text(page, line):
            return Front(page, index, first)
    return Front(page, min(len(page.lines), first + _LIMIT), first)


def _led_over(page: Page) -> int:
    """The line behind the words with which a site leads over to the paper that it reprints, else the first line."""
    shape = rule("layout", "reprint").pattern
    return next((i + 1 for i, line in enumerate(page.lines[:_INTRODUCTION]) if shape.match(line.text)), 0)


@lru_cache(maxsize=1024)
def is_noise(text: str) -> bool:
    """Whether a folded line is page furniture."""
    text = text.lstrip("•·●∙ ")
    return is_line_of("noise", text) or _is_navigation(text)


def _opens_text(page: Page, line: Line) -> bool:
    text = line.text
    if is_noise(text):
        return False
    if text.endswith(("。", ":", ";")) or "。" in text or text.startswith("——"):
        return True
    if rule("layout", "salutation").pattern.match(text) or rule("layout", "annex-label").pattern.match(text):
        return True
    if marker_of(text) is not None or any(rule("inline", r).pattern.fullmatch(text) for r in ("plain-number", "alone")):
        return True
    return bool(page.wrapped) and width(text) >= page.wrapped * 0.85 and "," in text


def _is_known(line: Line) -> bool:
    """Lines of a head that are no title: furniture, number, date, letterhead."""
    text = line.text
    if is_noise(text) or rule("layout", "letterhead").pattern.match(text):
        return True
    return own_number(text, 0) is not None or whole_date(text) is not None


def _is_navigation(text: str) -> bool:
    """A row of short words such as a menu."""
    return text.count(" ") >= 4 and len(words := text.split()) >= 5 and max(map(len, words)) <= 8
