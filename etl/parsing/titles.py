"""The title of a notice and its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.parsing.front import Front
from etl.parsing.headlines import headline, heads_page
from etl.parsing.names import is_body
from etl.parsing.outline import plain
from etl.parsing.page import Line, fold
from etl.parsing.rules import rule, table

_WHOLE = 10
"""How long the name of a paper is at least that stands below other lines."""
_HEADLESS = 3
"""Among how many lines of the text the page's title is repeated where there is no head."""
_KIND = 24
"""Within how many signs from a title's end its kind stands, a bracket behind it counted."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the lines that it is written on."""

    text: str
    start: int
    end: int


def find_title(front: Front) -> Title | None:
    """The notice's own title: by its kind word, else as a paper's name, a repeated line or the page's title."""
    return _by_kind(front) or _by_shape(front) or _by_place(front) or _by_page(front)


def _by_page(front: Front) -> Title | None:
    """The page's own title where a paper without a head repeats it over its text."""
    named = "".join(fold(front.page.document.facts.get("page_title", "")).split())
    above = front.page.lines[: front.stop + _HEADLESS] if not front.candidates and len(named) >= _WHOLE else ()
    line = next((line for line in above if "".join(line.text.split()) == named), None)
    return _title(front.page.quote(line.start, line.end), line.start, line.end) if line else None


def kind_of(title: str) -> str | None:
    """The kind of document that a title names at its end.

    >>> kind_of("关于印发2017年工作要点的通知"), kind_of("青禾县科技创新规划")
    ('通知', None)
    """
    folded = fold(title).strip()
    if not rule("hints", "kind").pattern.search(folded[-_KIND:]):
        return None
    return next((r.field("kind") for r in table("kinds") if r.pattern.search(folded)), None)


def _by_place(front: Front) -> Title | None:
    line = headline(front)
    return _title(front.page.quote(line.start, line.end), line.start, line.end) if line else None


def _by_kind(front: Front) -> Title | None:
    lines = front.candidates
    ends = [i for i, line in enumerate(lines) if kind_of(_bare(line.text)) and not is_body(line.text)]
    found = [i for i in ends if i + 1 == len(lines) or not _goes_on(lines[i], lines[i + 1])]
    titles = [_joined(front, lines, i) for i in found]
    fair = [t for t in titles if len(t.text) >= 6]
    telling = [
        t for t in fair if rule("titles", "lead").pattern.search(t.text) or rule("titles", "end").pattern.search(t.text)
    ]
    return next(iter(telling or fair), None)


def _joined(front: Front, lines: Sequence[Line], last: int) -> Title:
    """The title that ends on line `last`, its broken parts above it put together."""
    first = last
    while first and last - first < 4 and _is_broken(front, lines, first, last):
        first -= 1
    text = "".join(front.page.quote(line.start, line.end) for line in lines[first : last + 1])
    return _title(text, lines[first].start, lines[last].end)


def _title(text: str, start: int, end: int) -> Title:
    """A title without its line breaks and without what stands beside it."""
    text = plain(text)
    return Title(text[slice(*_bounds(fold(text)))], start, end)


def _bare(folded: str) -> str:
    return folded[slice(*_bounds(folded))]


def _bounds(folded: str) -> tuple[int, int]:
    """Where in its line a title stands: a number, a date or marks of the page before or behind it are not its own."""
    start, end = 0, len(folded)
    for name in ("edge-before", "label-before", "column-before", "number-before"):
        before = rule("titles", name).pattern.match(folded[start:])
        start += before.end() if before else 0
    for name in ("edge", "status-behind", "number-behind", "moment-behind", "extract-mark"):
        behind = rule("titles", name).pattern.search(folded, start, end)
        end = behind.start() if behind else end
    quoted = rule("titles", "quoted").pattern.match(folded[start:end])
    return (start + quoted.start("title"), start + quoted.end("title")) if quoted else (start, end)


def _is_broken(front: Front, lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether the title so far lacks its beginning, and the line above it may be that."""
    above, so_far = lines[first - 1], "".join(line.text for line in lines[first : last + 1])
    whole = kind_of(above.text) and not _goes_on(above, lines[first])
    if whole or lines[first].row - above.row > 4 or above.text.endswith(("。", ":", ")")):
        return False
    if any(above.start < line.start < lines[first].start for line in front.lines):
        return False
    lead = rule("titles", "lead").pattern.search(so_far)
    if lead is None:
        return len(above.text) <= 60
    if lead.start() <= 4 and fold(front.page.document.facts.get("page_title", "")) == so_far:
        return False
    taken_up = rule("titles", "takes-up").pattern.match(above.text) if lead.start() == 0 else None
    names = taken_up["whose"].split() if taken_up else above.text.removesuffix("关于").split()
    whose = all(is_body(name) for name in lines[first].text.split()) if last > first else False
    open_ended = lead.start() <= 4 and not is_body(so_far[: lead.start()])
    return bool(names) and (open_ended or whose) and all(is_body(name) for name in names)


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a title that breaks behind a paper's name ends on the line below (关于落实工作报告 / 主要任务的通知)."""
    lead, end = rule("titles", "lead").pattern, rule("titles", "end").pattern
    open_ended = lead.search(line.text) and not end.search(line.text) and below.row - line.row <= 2
    return bool(open_ended and not lead.search(below.text) and end.search(below.text))


def _by_shape(front: Front) -> Title | None:
    texts = [line.text for line in front.candidates]
    page_title = fold(front.page.document.facts.get("page_title", ""))
    for index, line in enumerate(front.candidates):
        known = texts.count(line.text) > 1 or (len(line.text) >= 8 and page_title.startswith(line.text))
        dated = rule("titles", "moment-behind").pattern.search(line.text)
        if len(line.text) >= 6 and (known or dated or heads_page(front, line)):
            return _title(front.page.quote(line.start, line.end), line.start, line.end)
        if rule("titles", "paper").pattern.search(line.text) and len(line.text) >= (6 if index == 0 else _WHOLE):
            return _title(front.page.quote(line.start, line.end), line.start, line.end)
    return None
