"""Drafts as rows: comparator, qualifier, year, spans in the text as published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from etl.document import Document, Quantity, Rejected
from etl.extracting.dating import Dating
from etl.extracting.drafts import Draft
from etl.extracting.layout import Layout
from etl.extracting.measures import Mention
from etl.extracting.normalising import normalised
from etl.extracting.rejects import reason_of
from etl.extracting.tense import Tense
from etl.extracting.wording import wording
from etl.extracting.years import Calendar

DATES = frozenset(("年", "月", "日"))


@dataclass(frozen=True)
class Desk:
    """What is needed to write rows: the document, its layout and its calendar."""

    document: Document
    layout: Layout
    calendar: Calendar

    def rows(self, draft: Draft, sentence: int) -> tuple[list[Quantity], bool]:
        """The rows of a draft, one a name, and whether they are past facts."""
        verdict = self._tense.of(draft.mention.start)
        past = verdict.past
        year = self._dating.year(draft.mention, sentence, past, verdict.rules)
        rules = (*draft.mention.rules, *draft.head.rules, *verdict.rules)
        row = self._row(draft, year, tuple(dict.fromkeys(rules)))
        return [row, *[replace(row, name=name) for name in draft.names[1:]]], past

    def is_past(self, at: int) -> bool:
        """Whether the number at an offset states a past fact."""
        return self._tense.of(at).past

    @cached_property
    def _tense(self) -> Tense:
        return Tense(self.layout, self.calendar)

    @cached_property
    def _dating(self) -> Dating:
        return Dating(self.layout, self.calendar)

    def _row(self, draft: Draft, year: int | None, rules: tuple[str, ...]) -> Quantity:
        mention, flow = draft.mention, self.layout.flow
        start, end = flow.span(draft.start, max(draft.end, mention.tail))
        comparator, bound = comparison(draft)
        quote = self.document.text[start:end]
        value, unit = normalised(mention.value, mention.unit)
        task = self.layout.task(mention.start)
        return Quantity(
            name=draft.names[0], subject_qualifier=qualifier(draft), comparator=comparator, bound=bound,
            value=mention.value, value_min=mention.low, value_max=mention.high, unit=mention.unit,
            baseline=draft.baseline, year=year, flags=self._flags(draft, quote), quote=quote, start=start, end=end,
            number_start=draft.number[0], number_end=draft.number[1], task=task.number if task else None,
            confidence=round(draft.confidence, 2), rules=rules, normalised_value=value, normalised_unit=unit,
            wording=wording(flow.text, draft),
        )  # fmt: skip

    @staticmethod
    def _flags(draft: Draft, quote: str) -> tuple[str, ...]:
        mention, broken = draft.mention, "\n" in quote
        if not (draft.flags or mention.han or mention.kind == "ratio" or broken):
            return ()
        marks = set(draft.flags)
        if mention.han:
            marks.add("cn_number")
        if mention.kind == "ratio":
            marks.add("ratio")
        if broken:
            marks.add("linebreak")
        return tuple(sorted(marks))

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
