"""Headlines of news pages, which are titles without a paper's form."""

from __future__ import annotations

from etl.parsing.front import Front, is_noise
from etl.parsing.headings import is_bare_heading
from etl.parsing.markers import marker_of
from etl.parsing.names import is_body
from etl.parsing.page import Line, fold, width
from etl.parsing.rules import rule

_SEGMENTS = 200
"""How many runs of a page, counted from its top, may stand in its head."""


def headline(front: Front) -> Line | None:
    """The headline of a news page: the line right above the text, alone, or behind words of the page itself."""
    lines, page = front.candidates, front.page
    last = lines[-1] if lines else None
    if last is None or not _reads_as_headline(last.text) or (page.wrapped and width(last.text) >= page.wrapped * 0.85):
        return None
    alone = len(lines) == 1 and last is page.lines[0] and _opens_whole(front)
    return last if alone or _is_news(front) else None


def _reads_as_headline(text: str) -> bool:
    return 10 <= len(text) <= 60 and not is_body(text) and not rule("titles", "no-headline").pattern.search(text)


def _is_news(front: Front) -> bool:
    """Whether the page says when it was published, or the text when and by whom it was reported."""
    below = [line.text for line in front.page.lines[front.stop : front.stop + 2]]
    told = any(rule("titles", "reported").pattern.search(text) for text in below)
    return told or bool(front.page.document.facts.get("published_at"))


def _opens_whole(front: Front) -> bool:
    """Whether what follows begins at its beginning, and holds no lines that are headings of the same kind."""
    lines = front.page.lines
    marker = marker_of(lines[front.stop].text) if front.stop < len(lines) else None
    first = marker is None or marker.value == 1
    return first and not any(is_bare_heading(front.page, index) for index in range(front.stop, len(lines)))


def heads_page(front: Front, line: Line) -> bool:
    """Whether source and date of a web page follow right below, in the text or taken out of it as the page's."""
    index = front.lines.index(line)
    below = [line.text for line in front.lines[index + 1 : index + 3] if is_noise(line.text)]
    facts = (rule("noise", "page-facts").pattern, rule("noise", "dated-source").pattern)
    told = [*below, *_taken_out(front, index)]
    return not is_noise(line.text) and any(fact.match(text) for text in told for fact in facts)


def _taken_out(front: Front, index: int) -> list[str]:
    """The first of the page's own lines between a line of the head and the next one, folded."""
    document, lines = front.page.document, front.page.lines
    if index + 1 >= len(lines):
        return []
    first, end = lines[index].end, lines[index + 1].start
    own = [s for s in document.segments[:_SEGMENTS] if s.role == "furniture" and first <= s.start and s.end <= end]
    return [fold(document.masked[s.start : s.end]).strip() for s in own[:1]]
