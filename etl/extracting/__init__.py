"""Document and what the parser read of it → quantified promises and past facts, each with its quote."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from etl.document import Document, Extraction, Parsed, Quantity
from etl.extracting.drafts import Draft
from etl.extracting.folding import flow_of
from etl.extracting.layout import Layout
from etl.extracting.mentions import Mention, find_mentions
from etl.extracting.repeats import Headlines, flag_repeats
from etl.extracting.rows import DATES, Desk
from etl.extracting.statements import Sentence
from etl.extracting.tables import Table, find_tables
from etl.extracting.tabulated import Tabulated
from etl.extracting.years import Calendar


def extract(document: Document, parsed: Parsed) -> Extraction:
    """Every number of a text that states a goal or a past fact, and a trace of those that do neither."""
    body = document.body
    layout = Layout(flow_of(body), parsed, body)
    desk = Desk(document, layout, Calendar(layout, parsed.notice))
    mentions = find_mentions(layout.flow.text)
    tables = find_tables(body)
    counted = tuple(m for m in mentions if m.unit not in DATES and not _inside(tables, layout.flow.origin(m.start)))
    headlines = Headlines(layout, parsed.notice, counted)
    rejected = [desk.dated(mention) for mention in mentions if mention.unit in DATES]
    targets: list[Quantity] = []
    reported: list[Quantity] = []
    for sentence, draft in _drafts(layout, counted):
        if not draft.reject and headlines.repeats(draft.mention):
            draft.reject = "headline"
        if draft.reject:
            rejected.append(desk.rejected(draft))
            continue
        rows, past = desk.rows(draft, sentence)
        (reported if past else targets).extend(rows)
    for table in tables:
        aims, facts = Tabulated(document, desk.calendar).rows(table)
        targets += aims
        reported += facts
    targets.sort(key=lambda q: (q.number_start, q.start))
    reported.sort(key=lambda q: (q.number_start, q.start))
    rejected.sort(key=lambda r: (r.start, r.end))
    return Extraction(flag_repeats(targets), flag_repeats(reported), tuple(rejected))


def _inside(tables: list[Table], at: int) -> bool:
    """Whether an offset lies in a table that was read as such."""
    return any(table.start <= at < table.end for table in tables)


def _drafts(layout: Layout, mentions: tuple[Mention, ...]) -> Iterator[tuple[int, Draft]]:
    """Every number with the start of its sentence, read sentence by sentence."""
    earlier: Draft | None = None
    for start, group in groupby(mentions, key=lambda m: layout.sentence(m.start)[0]):
        sentence = Sentence(layout, start, list(group), earlier=earlier)
        for draft in sentence.read():
            yield start, draft
        earlier = next((draft for draft in reversed(sentence.drafts) if draft.names), earlier)
