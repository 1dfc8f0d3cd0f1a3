"""The title of the paper that a notice issues."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from etl.parsing.outline import plain
from etl.parsing.page import Page, fold
from etl.parsing.rules import rule
from etl.parsing.titles import kind_of

_SHORTEST = 8
"""How long a title is at least that a notice's title gives behind the names of those who drew the paper up."""


def attached_title(page: Page, title: str, start: int) -> str | None:
    """The title of the paper that the notice hands out: as the text names it, else as the notice's title does."""
    paper = _issued(page, title, start)
    if paper is None or not re.search(r"[《〈<]", paper):
        return paper
    return next((line for line in _alone_lines(page, start) if _unmarked(line) == _unmarked(paper)), paper)


def _issued(page: Page, title: str, start: int) -> str | None:
    issued = rule("titles", "issued").pattern.search(fold(title))
    if not issued:
        return _decreed(page, start) if kind_of(title) == "命令(令)" else _issued_in_text(page, title, start)
    paper = _unquoted(title[issued.start("paper") : issued.end("paper")])
    named = _handed_over(page, start)
    whole = [name for name in named if name.endswith(paper) or _is_of(name, paper)]
    close = whole or [n for n in [*named, *_alone_lines(page, start)] if _alike(n, paper) >= 0.8]
    return max(close, key=lambda n: (_alike(n, paper), len(n)), default=paper)


def _is_of(name: str, papers: str) -> bool:
    """Whether a name is the end of a title's paper, or the first of the papers that it gives in title marks."""
    first = "》《" in papers and _unmarked(papers).startswith(_unmarked(name))
    return len(name) >= _SHORTEST and (papers.endswith(name) or first)


def _unmarked(title: str) -> str:
    """A title without its marks: 〈〉 stand for 《》 inside another title."""
    return re.sub(r"[《》〈〉<>]", "", title)


def _issued_in_text(page: Page, title: str, start: int) -> str | None:
    """The paper that a notice hands out though its title does not say so: a notice may also only have drawn one up."""
    drawn_up = kind_of(title) == "通知"
    spans = rule("titles", "issued-in-text").pattern.finditer(page.view, start, start + 4000)
    return next((_named(page, match) for match in spans if drawn_up or not match["paper2"]), None)


def paper_in_text(page: Page, addressed: bool) -> str | None:
    """The paper that a notice whose own title is lost hands to its addressees."""
    return next(iter(_handed_over(page, 0)), None) if addressed else None


def _decreed(page: Page, start: int) -> str | None:
    """The paper that an order publishes."""
    found = rule("titles", "decreed").pattern.search(page.view, start, start + 2000)
    return plain(page.quote(*found.span("paper"))) if found else None


def _handed_over(page: Page, start: int) -> list[str]:
    spans = rule("titles", "issued-in-text").pattern.finditer(page.view, start, start + 4000)
    return [_named(page, match) for match in spans]


def _named(page: Page, match: re.Match[str]) -> str:
    return plain(
        page.quote(*next(match.span(group) for group in ("paper", "paper2", "paper3", "paper4") if match[group]))
    )


def _alone_lines(page: Page, start: int) -> list[str]:
    lines = [n for n in page.lines[:400] if n.start > start and 6 <= len(n.text) <= 80]
    own = rule("titles", "issued").pattern
    whole = [n for n in lines if not own.search(n.text) and n.text.count("《") == n.text.count("》")]
    return [_unquoted(plain(page.quote(n.start, n.end))) for n in whole if not n.text.endswith(("已经", "已"))]


def _unquoted(paper: str) -> str:
    whole = re.fullmatch(r"《([^《》]*(?:《[^《》]*》)?[^《》]*)》", paper)
    return whole[1] if whole else paper


def _alike(a: str, b: str) -> float:
    """How alike two titles are, 0 where their lengths or characters already tell them apart."""
    if a == b:
        return 1.0
    if not 0.7 <= len(a) / max(len(b), 1) <= 1.4 or len(set(a) & set(b)) < 0.7 * len(set(b)):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
