"""The year of a row: stated in its sentence, carried inside its item, or that of the plan or of the review."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from etl.extracting.folding import matches
from etl.extracting.layout import Layout
from etl.extracting.marks import weigh_heading
from etl.extracting.measures import Mention
from etl.extracting.years import Calendar, Stated

_SEVERAL = re.compile(r"(?P<years>(?:(?:19|20)\d\d年?[、和,])+(?:19|20)\d\d年)(?:分别|各自|依次)")
_CENTURY = re.compile(r"(?:19|20)(?=\d\d)")
_AIMING = re.compile(r"(?:主要|发展|奋斗|总体|预期|具体|工作|总)目标|：\n?$")
_BACK = 120
_LOOKING_BACK = frozenset(("review-chapter", "past-year-word"))


@dataclass(frozen=True)
class Dating:
    """Finds the year that a number is said of."""

    layout: Layout
    calendar: Calendar

    def year(self, mention: Mention, sentence: int, past: bool, rules: tuple[str, ...]) -> int | None:
        """The year of a number in a sentence that begins at `sentence`; `rules` say why it is a fact."""
        at = mention.start
        if self.calendar.is_ordinance:
            found = self.calendar.within(sentence, at)
            return found.year if found else None
        several = self._of_several(mention, sentence)
        stated = self._stated(at, sentence)
        if past and stated and self._is_ahead(stated):
            stated = None
        if several or (stated and stated.year):
            return several or (stated.year if stated else None)
        plan, chapter = self.calendar.plan, self._of_chapter(at) or (None if past else self._opened(sentence))
        if chapter or not past:
            return chapter or plan
        if plan and self._titled_as_fact:
            return plan
        return self.calendar.before_plan if plan and _LOOKING_BACK & set(rules) else self._reviewed(at)

    @cached_property
    def _titled_as_fact(self) -> bool:
        """Whether the title is that of a report on what has been (统计公报)."""
        return weigh_heading(self.calendar.notice.title or "", "title")[0] > 0

    def _is_ahead(self, stated: Stated) -> bool:
        """Whether a year is still to come, so that no fact can be of it."""
        now = self.calendar.now
        return bool(stated.year and now and stated.year > now)

    def _stated(self, at: int, sentence: int) -> Stated | None:
        """The year stated in the sentence, else the one carried inside the item."""
        return self.calendar.within(sentence, at) or self.calendar.within(self.layout.item_start(at), sentence)

    def _opened(self, sentence: int) -> int | None:
        """The year that the chapter's overall aim opened (到2010年，主要目标是：), unless another came between."""
        around = self.layout.chapters(sentence)
        found = self.calendar.within(self.layout.flow.place(around[-1].start) if around else 0, sentence)
        if not found or not found.ahead:
            return None
        start, end = self.layout.sentence(found.at)
        return found.year if _AIMING.search(self.layout.flow.text, start, end) else None

    def _of_several(self, mention: Mention, sentence: int) -> int | None:
        """2018年、2019年分别新建120所、80所: each value has a year of its own."""
        if not self._shares_years:
            return None
        text, start = self.layout.flow.text, max(sentence, mention.start - _BACK)
        found = next(iter(reversed(list(_SEVERAL.finditer(text, start, mention.start)))), None)
        if not found or not mention.unit:
            return None
        years = re.findall(r"(?:19|20)\d\d", found["years"])
        place = len(re.findall(rf"\d{re.escape(mention.unit)}", text[found.end() : mention.start]))
        return int(years[place]) if place < len(years) else None

    @cached_property
    def _shares_years(self) -> bool:
        """Whether the text has a list of years with a value for each."""
        return any(matches(_SEVERAL, _CENTURY, self.layout.flow.text))

    def _of_chapter(self, at: int) -> int | None:
        """The year in a heading above."""
        for chapter in self.layout.chapters(at):
            start = self.layout.flow.place(chapter.start)
            found = self.calendar.within(start, self.layout.flow.place(chapter.heading_end) + 1)
            if found:
                return found.year
        return None

    def _reviewed(self, at: int) -> int | None:
        """The latest year that the chapter, or else the text, speaks of as past or present."""
        place, around = self.layout.flow.place, self.layout.chapters(at)
        spans = [(place(chapter.start), place(chapter.end)) for chapter in around[-1:]]
        if not self.calendar.plan:
            spans.append((0, len(self.layout.flow.text)))
        return next((year for span in spans if (year := self.calendar.reviewed(*span))), None)
