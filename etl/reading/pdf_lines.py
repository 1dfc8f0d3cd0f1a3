"""The lines of a PDF page with their places on it, running heads and page numbers found, lines joined to paragraphs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from etl.reading.layout import join

_EDGE = 0.12
_LONG = 40
_SAME_HEIGHT = 6
_NUMBER = re.compile(r"[-—–·.\s]*\d{1,4}[-—–·.\s]*|第\s*\d+\s*页.{0,12}|\d+\s*/\s*\d+|[-—–\s]*[IVXivx]{1,6}[-—–\s]*")
_HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十百]+[、章节条.．]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,3}\s*[.．、]\s*\D|[①-⑳]|——|附件|附表)"
)
_END = re.compile(r"[。！？；：.!?;:]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its box in points from the lower left corner, the page from 1 and that page's height."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    page: int
    page_height: float

    @property
    def size(self) -> float:
        """The height of its characters, which is about the width of a Chinese one."""
        return max(self.top - self.bottom, 1.0)

    @property
    def at_edge(self) -> bool:
        """Whether it stands where heads, feet and page numbers do."""
        return self.bottom > self.page_height * (1 - _EDGE) or self.top < self.page_height * _EDGE


def without_running(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and what stands at the edge of most of them."""
    seen = Counter(name for page in pages for name in {_name(line) for line in page if line.at_edge})
    often = max(2, math.ceil(len(pages) / 2))
    running = {name for name, count in seen.items() if count >= often}
    return [[line for line in page if not (line.at_edge and _is_running(line, running))] for page in pages]


def _name(line: Line) -> tuple[str, int]:
    """What makes two edge lines the same head: the text but for its numbers, and the height on the page."""
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line.text)), round(line.bottom / _SAME_HEIGHT)


def _is_running(line: Line, running: set[tuple[str, int]]) -> bool:
    return bool(_NUMBER.fullmatch(line.text.strip())) or (
        _name(line) in running and len(line.text) < _LONG and not _END.search(line.text)
    )


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text of a page begins and ends, and the size of most of its characters."""

    left: float
    right: float
    size: float


def margins(lines: Sequence[Line]) -> Margins:
    """The margins of the longest lines; of short ones alone nothing can be said, so nothing is joined."""
    if not lines:
        return Margins(0, math.inf, 1)
    widest = max(line.right - line.left for line in lines)
    full = [line for line in lines if line.right - line.left > widest * 0.8]
    return Margins(min(line.left for line in full), median(line.right for line in full), median(f.size for f in full))


def paragraphs(lines: Sequence[Line], edges: dict[int, Margins]) -> Iterator[list[Line]]:
    """Lines grouped into paragraphs: a full line goes on in the next one unless that is indented or numbered."""
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group[-1], line, edges):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(above: Line, below: Line, edges: dict[int, Margins]) -> bool:
    here, there = edges[above.page], edges[below.page]
    full = above.right > here.right - 1.6 * here.size
    flush = below.left < there.left + 1.2 * there.size
    alike = abs(above.size - below.size) < 0.3 * here.size
    if not (full and flush and alike):
        return False
    return not (_HEADING.match(below.text) and _END.search(above.text))


def text_of(group: list[Line]) -> str:
    """A paragraph's text in one line."""
    return join([line.text for line in group])
