"""What stands around a number says of its tense: the headings above, the title, the tone of the chapter."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from etl.document import Chapter
from etl.extracting.clauses import Clauses, clamp
from etl.extracting.layout import Layout
from etl.extracting.marks import weigh_heading
from etl.extracting.years import Calendar

_TONE, _FEW = 2.5, 8.0
_LONGEST_TITLE = 40
_NO_TITLE = tuple("。；;，：:")
_DECIDING, _OUTER, _MOST, _DECIDED = 6.0, 0.5, 4.0, 4.5


@dataclass(frozen=True, slots=True)
class Context:
    """The evidence around: where the chapter begins, what its headings say and by which rule, and all together."""

    start: int
    headings: float
    rule: str
    weight: float

    @property
    def decides(self) -> bool:
        """Whether a heading looks back, or ahead, so clearly that a clause can hardly say otherwise."""
        return abs(self.headings) >= _DECIDED


@dataclass(frozen=True)
class Contexts:
    """The contexts of a text, one a chapter."""

    layout: Layout
    calendar: Calendar
    clauses: Clauses
    known: dict[int, Context] = field(default_factory=dict)

    def at(self, offset: int) -> Context:
        """The context of an offset of the flow."""
        around = self.layout.chapters(offset)
        key = around[0].start if around else -1
        if key not in self.known:
            self.known[key] = self._of(around)
        return self.known[key]

    def _of(self, around: list[Chapter]) -> Context:
        headings, rule = weigh_chapters(around)
        start = self.layout.flow.place(around[0].start) if around else 0
        return Context(start, headings, rule, headings + self._title + self._tone(around))

    @cached_property
    def _title(self) -> float:
        notice = self.calendar.notice
        head, _, body = self.layout.flow.text.lstrip("\n\t").partition("\n")
        likely = body and len(head) <= _LONGEST_TITLE and not head.endswith(_NO_TITLE)
        titles = [t for t in (notice.attached_title, notice.title) if t] or [head if likely else ""]
        return max((weigh_heading(title.strip(), "title")[0] for title in titles), key=abs)

    def _tone(self, around: list[Chapter]) -> float:
        """Which way the decided clauses of the chapter lean, or of the whole text where they are few."""
        if around:
            place = self.layout.flow.place
            tone, count = self.clauses.tone(place(around[-1].start), place(around[-1].end))
            if count >= _FEW:
                return _TONE * tone
        return _TONE * self._whole

    @cached_property
    def _whole(self) -> float:
        return self.clauses.tone(0, len(self.layout.flow.text))[0]


def weigh_chapters(chapters: list[Chapter]) -> tuple[float, str]:
    """What the headings say, innermost first; one that looks back, or to what comes next, outweighs those around."""
    total, rule = 0.0, ""
    for place, chapter in enumerate(chapters):
        weight, name = weigh_heading(chapter.title, "heading")
        if abs(weight) >= _DECIDING:
            outer = sum(min(0.0, weigh_heading(around.title, "heading")[0]) for around in chapters[place + 1 :])
            return weight + _OUTER * clamp(outer, _MOST), name
        total, rule = total + weight, rule or name
    return clamp(total, _MOST), rule
