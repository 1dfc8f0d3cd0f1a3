"""Document and what the parser read of it → quantified promises and past facts, each with its quote."""

from __future__ import annotations

import re

from etl.document import Document, Extraction, Parsed, Quantity
from etl.extracting.folding import flow_of
from etl.extracting.layout import Layout
from etl.extracting.measures import Mention
from etl.extracting.mentions import find_mentions
from etl.extracting.repeats import Headlines, flag_repeats
from etl.extracting.rows import DATES, Desk
from etl.extracting.statements import read_statements
from etl.extracting.tables import Table, find_tables
from etl.extracting.tabulated import Tabulated
from etl.extracting.years import Calendar

_YEARS_LONG = re.compile(r"(?:年限|寿命)[^，。；、]{0,18}$")
_BACK, _CALENDAR = 30, 1900


def extract(document: Document, parsed: Parsed) -> Extraction:
    """Every number of a text that states a goal or a past fact, and a trace of those that do neither."""
    body = document.body
    layout = Layout(flow_of(body), parsed, body)
    desk = Desk(document, layout, Calendar(layout, parsed.notice))
    mentions = find_mentions(layout.flow.text)
    tables = find_tables(body)
    dates = {m.start for m in mentions if m.unit in DATES and not _lasts(layout.flow.text, m)}
    counted = tuple(m for m in mentions if m.start not in dates and not _inside(tables, layout.flow.origin(m.start)))
    headlines = Headlines(layout, parsed.notice, counted)
    rejected = [desk.dated(mention) for mention in mentions if mention.start in dates]
    targets: list[Quantity] = []
    reported: list[Quantity] = []
    for sentence, draft in read_statements(layout, counted, desk.is_past):
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


def _lasts(text: str, mention: Mention) -> bool:
    """Whether years are what an indicator measures (平均受教育年限), and no date."""
    before = text[max(0, mention.start - _BACK) : mention.start]
    return mention.unit == "年" and (mention.value or 0) < _CALENDAR and bool(_YEARS_LONG.search(before))


def _inside(tables: list[Table], at: int) -> bool:
    """Whether an offset lies in a table that was read as such."""
    return any(table.start <= at < table.end for table in tables)
