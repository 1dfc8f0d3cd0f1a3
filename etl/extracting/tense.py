"""Whether a number states a goal or a past fact: the evidence of its clause, sentence, paragraph and chapter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from etl.document import Chapter
from etl.extracting.clauses import Clause, Clauses, clamp, clauses_of
from etl.extracting.layout import Layout
from etl.extracting.marks import Mark, between, find_marks, weigh_heading
from etl.extracting.years import Calendar, Stated

# How much of the evidence of each level reaches a number; the marks themselves are weighed in rules/tense.yaml.
_UNDECIDED = -0.5
_BEFORE, _CONTRADICTED = 0.7, 0.2
_BEHIND_FACT, _BEHIND_AIM = 0.5, 0.2
_PARAGRAPH, _OPENING, _OPENING_FAR = 0.4, 0.5, 0.35
_TONE = 2.5
_SLIGHT, _SURE = 0.4, 2.0
_DECIDING = 6.0
_OUTER = 0.5
_DECIDED = 4.5
_LONGEST_TITLE = 40
_NO_TITLE = tuple("。；;，：:")
_FEW = 8.0
_CONTEXT = 0.4


@dataclass(frozen=True, slots=True)
class Verdict:
    """The balance of evidence: above zero a fact; the rules that weighed in are kept for the trace."""

    score: float
    rules: tuple[str, ...]

    @property
    def past(self) -> bool:
        """Whether the number is a past fact."""
        return self.score > 0


@dataclass(frozen=True)
class Tense:
    """The evidence of a text, read once."""

    layout: Layout
    calendar: Calendar

    @cached_property
    def _marks(self) -> list[Mark]:
        text = self.layout.flow.text
        years = (mark for stated in self.calendar.stated if (mark := self._of_year(stated, text)))
        return sorted([*find_marks(text), *years], key=lambda mark: mark.at)

    def _of_year(self, stated: Stated, text: str) -> Mark | None:
        """What a year says: one before the plan is past, one after it ahead."""
        year, base, now = stated.year, self.calendar.base, self.calendar.now
        aimed = text[max(0, stated.at - 2) : stated.at].endswith(("到", "至", "力争", "在")) and not stated.past_word
        if year is None or (stated.past_word and base is None):
            return None
        if base is not None:
            if year < base:
                return Mark(stated.at, 4.0, "past-year", opens=True)
            ahead = year > (now or base) or (aimed and year >= base)
            return Mark(stated.at, -3.0 if ahead else 0.0, "aim-year", opens=True)
        if aimed:
            return Mark(stated.at, -2.5, "aim-year", opens=True)
        closed = text.startswith(("，", "末", "全", "度", "底，"), stated.at + 5)
        return Mark(stated.at, 1.5, "past-year-alone", opens=True) if closed else None

    @cached_property
    def _openings(self) -> list[Mark]:
        return [mark for mark in self._marks if mark.opens]

    @cached_property
    def _clauses(self) -> Clauses:
        return clauses_of(self.layout.flow.text, self._marks)

    @cached_property
    def _title(self) -> float:
        notice = self.calendar.notice
        head, _, body = self.layout.flow.text.lstrip("\n\t").partition("\n")
        likely = body and len(head) <= _LONGEST_TITLE and not head.endswith(_NO_TITLE)
        titles = [t for t in (notice.attached_title, notice.title) if t] or [head if likely else ""]
        return max((weigh_heading(title.strip(), "title")[0] for title in titles), key=abs)

    def of(self, at: int) -> Verdict:
        """Weigh all that bears on the number at an offset."""
        clauses = self._clauses
        place = clauses.place(at)
        own = clauses.items[place]
        near = own.all + self._around(place, own) + self._earlier(at, place, own)
        chapters, rule = self._chapters(at)
        context = chapters + self._title + self._tone(at)
        share = _CONTEXT if abs(near) >= _SURE and near * context < 0 and abs(chapters) < _DECIDED else 1.0
        score = near + share * context + _UNDECIDED
        said = {mark.rule for mark in between(self._marks, *self._reach(place)) if mark.weight * score > 0}
        return Verdict(score, (*((rule,) if rule and chapters * score > 0 else ()), *sorted(said)))

    def _reach(self, place: int) -> tuple[int, int]:
        """From the beginning of a clause's sentence to the clause's end."""
        clauses = self._clauses
        first = min((clause.start for clause in clauses.before(place)), default=clauses.starts[place])
        return first, (*clauses.starts, len(self.layout.flow.text))[place + 1]

    def _around(self, place: int, own: Clause) -> float:
        """What the clauses of the sentence before and behind say."""
        before = _nearest(self._clauses.before(place))
        share = _CONTRADICTED if abs(own.all) >= _SURE and before * own.all < 0 else _BEFORE
        behind = next((c.all for c in self._clauses.behind(place) if abs(c.all) >= _SLIGHT), 0.0)
        return share * before + (_BEHIND_FACT if behind > 0 else _BEHIND_AIM) * behind

    def _earlier(self, at: int, place: int, own: Clause) -> float:
        """What the sentences before say, unless this one opens a time of its own: the paragraph, or 过去五年 above."""
        openings = self._openings
        last = bisect_left(openings, at, key=lambda mark: mark.at) - 1
        paragraph = _PARAGRAPH * clamp(_nearest(self._clauses.sentences_before(place)), 4)
        if last < 0 or openings[last].at < self._chapter_start(at):
            return paragraph
        there = self._clauses.items[self._clauses.place(openings[last].at)]
        if there.sentence == own.sentence:
            return 0.0
        opening = openings[last].weight * (_OPENING if there.paragraph == own.paragraph else _OPENING_FAR)
        return max(opening, paragraph, key=abs)

    def _chapter_start(self, at: int) -> int:
        chapters = self.layout.chapters(at)
        return self.layout.flow.place(chapters[0].start) if chapters else 0

    def _chapters(self, at: int) -> tuple[float, str]:
        """What the headings around say; one that looks back, or turns to what comes next, decides."""
        return _weigh_chapters(self.layout.chapters(at))

    def _tone(self, at: int) -> float:
        """Which way the decided clauses of the chapter lean, or of the whole text where they are few."""
        around = self.layout.chapters(at)
        if around:
            place = self.layout.flow.place
            tone, count = self._clauses.tone(place(around[-1].start), place(around[-1].end))
            if count >= _FEW:
                return _TONE * tone
        return _TONE * self._whole

    @cached_property
    def _whole(self) -> float:
        return self._clauses.tone(0, len(self.layout.flow.text))[0]


def _nearest(clauses: Iterable[Clause]) -> float:
    """The evidence of the nearest clause that has any."""
    return next((clause.beyond for clause in clauses if abs(clause.beyond) >= _SLIGHT), 0.0)


def _weigh_chapters(chapters: list[Chapter]) -> tuple[float, str]:
    """What the headings say, innermost first; one that looks back, or to what comes next, outweighs those around."""
    total, rule = 0.0, ""
    for place, chapter in enumerate(chapters):
        weight, name = weigh_heading(chapter.title, "heading")
        if abs(weight) >= _DECIDING:
            outer = sum(min(0.0, weigh_heading(around.title, "heading")[0]) for around in chapters[place + 1 :])
            return weight + _OUTER * clamp(outer, 4.0), name
        total, rule = total + weight, rule or name
    return clamp(total, 4.0), rule
