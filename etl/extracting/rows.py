"""Drafts as rows: comparator, qualifier, year, spans in the text as published."""

from __future__ import annotations

from dataclasses import dataclass, replace

from etl.document import Document, Quantity, Rejected
from etl.extracting.drafts import Draft
from etl.extracting.layout import Layout
from etl.extracting.mentions import Mention
from etl.extracting.normalising import normalised
from etl.extracting.rejecting import reason_of
from etl.extracting.tense import past_rule
from etl.extracting.years import Calendar, Stated

DATES = frozenset(("年", "月", "日"))


@dataclass(frozen=True)
class Desk:
    """What is needed to write rows: the document, its layout and its calendar."""

    document: Document
    layout: Layout
    calendar: Calendar

    def rows(self, draft: Draft, sentence: int) -> tuple[list[Quantity], bool]:
        """The rows of a draft, one a name, and whether they are past facts."""
        stated = self._stated(draft, sentence)
        clause_end = self.layout.clause_end(draft.mention.tail)
        past = past_rule(self.layout, self.calendar, sentence, draft.mention.start, clause_end, stated)
        year = self._year(draft, stated, past)
        rules = (*draft.mention.rules, *draft.head.rules, *((past,) if past else ()))
        row = self._row(draft, year, tuple(dict.fromkeys(rules)))
        return [replace(row, name=name) for name in draft.names], bool(past)

    def _stated(self, draft: Draft, sentence: int) -> Stated | None:
        """The year stated in the sentence, else the one carried inside the item."""
        at = draft.mention.start
        return self.calendar.within(sentence, at) or self.calendar.within(self.layout.item_start(at), sentence)

    def _year(self, draft: Draft, stated: Stated | None, past: str) -> int | None:
        if stated and stated.year:
            return stated.year
        plan = self.calendar.plan
        chapter = self._chapter_year(draft)
        if chapter or not past:
            return chapter or plan
        return plan - 1 if plan and past in ("review-chapter", "past-year-word") else None

    def _chapter_year(self, draft: Draft) -> int | None:
        for chapter in self.layout.chapters(draft.mention.start):
            start = self.layout.flow.place(chapter.start)
            found = self.calendar.within(start, self.layout.flow.place(chapter.heading_end) + 1)
            if found:
                return found.year
        return None

    def _row(self, draft: Draft, year: int | None, rules: tuple[str, ...]) -> Quantity:
        mention, flow = draft.mention, self.layout.flow
        start, end = flow.span(draft.start, max(draft.end, mention.tail))
        first, last = flow.span(mention.start, mention.end)
        comparator, bound = comparison(draft)
        quote = self.document.text[start:end]
        value, unit = normalised(mention.value, mention.unit)
        task = self.layout.task(mention.start)
        return Quantity(
            name="", subject_qualifier=qualifier(draft), comparator=comparator, bound=bound,
            value=mention.value, value_min=mention.low, value_max=mention.high, unit=mention.unit,
            baseline=draft.baseline, year=year, flags=self._flags(draft, quote), quote=quote, start=start, end=end,
            number_start=first, number_end=last, task=task.number if task else None,
            confidence=round(draft.confidence, 2), rules=rules, normalised_value=value, normalised_unit=unit,
        )  # fmt: skip

    @staticmethod
    def _flags(draft: Draft, quote: str) -> tuple[str, ...]:
        marks = list(draft.flags)
        if draft.mention.han:
            marks.append("cn_number")
        if draft.mention.kind == "ratio":
            marks.append("ratio")
        if "\n" in quote:
            marks.append("linebreak")
        return tuple(sorted(set(marks)))

    def dated(self, mention: Mention) -> Rejected:
        """The trace of a date."""
        start, end = self.layout.flow.span(mention.start, mention.tail)
        return Rejected(self.document.text[start:end], start, end, "date", reason_of("date"))

    def rejected(self, draft: Draft) -> Rejected:
        """The trace of a number that is no target."""
        start, end = self.layout.flow.span(draft.start, max(draft.end, draft.mention.tail))
        return Rejected(self.document.text[start:end], start, end, draft.reject, reason_of(draft.reject))


def comparison(draft: Draft) -> tuple[str, str | None]:
    """The comparator of a statement and, for a change, its bound."""
    mention = draft.mention
    bound = mention.bound or draft.head.bound or "="
    if mention.low is not None:
        bound = "range"
    if draft.change and not draft.head.level:
        return draft.change, bound
    return bound, None


def qualifier(draft: Draft) -> str | None:
    """Scope, basis of comparison and verb, as the text has them."""
    head = draft.head
    return " ".join(dict.fromkeys((*head.scopes, *head.bases, *head.verbs))) or None
