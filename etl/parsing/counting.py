"""Which numbers may stand where: they count on, and a list that begins inside a line has a second one."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.parsing.bodies import is_role_line
from etl.parsing.markers import Marker, marker_before_digit, marker_of
from etl.parsing.page import ENDS, Page
from etl.parsing.rules import rule

_CLOSED = ENDS | set(")〕】")
_LEAP, _EXTRACT = 3, 40
"""How many numbers a list may skip, and how many where each item is a paragraph of its own, as in an extract."""


@dataclass
class Sequence:
    """The last value of each shape; a coarser number lets the finer ones start anew."""

    last: dict[str, tuple[int, int]] = field(default_factory=dict)

    def accepts(self, marker: Marker, leap: int = _LEAP) -> bool:
        """Whether the number may stand here, at most `leap` behind the last of its shape; then it is remembered."""
        previous = self.last.get(marker.shape, (0, 0))[1]
        if previous and marker.value > 1 and not previous <= marker.value <= previous + leap:
            return False
        self.last = {shape: seen for shape, seen in self.last.items() if seen[0] <= marker.rank}
        self.last[marker.shape] = (marker.rank, marker.value)
        return True

    def continues(self, marker: Marker) -> bool:
        """Whether the number is the next one of its shape."""
        return marker.value == self.last.get(marker.shape, (0, 0))[1] + 1


def leap(page: Page, index: int) -> int:
    """How many numbers may be skipped before line `index`."""
    above = page.lines[index - 1].text if index else ""
    opens = not page.wrapped and (not above or above[-1] in _CLOSED or is_role_line(above))
    return _EXTRACT if opens else _LEAP


def before_digit(page: Page, index: int, sequence: Sequence) -> Marker | None:
    """11.121工程: item 11 of a list that has got to 10, where a paragraph begins."""
    text = page.lines[index].text
    if not text[0].isdigit() or not index or page.lines[index - 1].text[-1] not in _CLOSED:
        return None
    marker = marker_before_digit(text)
    return marker if marker and marker.value > 1 and sequence.continues(marker) else None


def alone_on_line(page: Page, index: int) -> Marker | None:
    """The number that a line consists of, its text on the line below."""
    line = page.lines[index]
    if index + 1 == len(page.lines) or not rule("inline", "alone").pattern.fullmatch(line.text):
        return None
    return marker_of(page.view[line.start : page.lines[index + 1].end])


def goes_on(text: str, start: int, marker: Marker) -> bool:
    """Whether a list that begins inside a line has a second number in it."""
    following = (
        marker_of(text[m.start("mark") :][:80]) for m in rule("inline", "outline").pattern.finditer(text, start)
    )
    same = next((f for f in following if f is not None and f.shape == marker.shape), None)
    return same is not None and same.value == 2
