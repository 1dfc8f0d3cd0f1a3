"""Quotes: what a row says that it quotes stands at its place in the published text, and passages tile that text."""

from __future__ import annotations

from collections.abc import Iterator

from etl.checking.joining import Groups
from etl.checking.problem import Problem
from etl.checking.subject import Subject, problem
from etl.declaration import Table
from etl.tables import Row, rows_by

VERBATIM = {"passage": "text", "repair": "before_text"}
"""Tables whose words stand in another column than `quote`."""


def find(subject: Subject) -> Iterator[Problem]:
    """Rows whose words do not stand where they say, and text that no passage holds."""
    yield from _missing_texts(subject)
    for table, row in subject.each("notice_id", "start", "end"):
        yield from _misquoted(subject, table, row)
    yield from _untiled(subject)


def _missing_texts(subject: Subject) -> Iterator[Problem]:
    """Sources without a text, and texts without a source."""
    strangers = dict.fromkeys(subject.texts, True)
    for table, row in subject.each("source_id"):
        if table.key == "source_id" and not strangers.pop(row["source_id"], False):
            yield problem("quotes", table, row, "source_id", "没有它的公开文本：请重新读取这个来源")
    for source_id in strangers:
        yield Problem("source", source_id, "", "有公开文本却没有这个来源：请登记来源或删去文本", "quotes")


def _misquoted(subject: Subject, table: Table, row: Row) -> Iterator[Problem]:
    start, end, text = row.get("start"), row.get("end"), subject.text_of(row)
    column = VERBATIM.get(table.name, "quote")
    if start is None and end is None:
        return
    if start is None or end is None:
        yield problem("quotes", table, row, "start", "起止只写了一个：请补全，或两个都留空")
    elif text is None:
        yield problem("quotes", table, row, "notice_id", "写了起止，却找不到所在公文的文本：请改正公文编号")
    elif not 0 <= start <= end <= len(text):
        yield problem("quotes", table, row, "end", f"起止 {start}–{end} 超出文本的 {len(text)} 个字符：请重新读取")
    elif column in table.columns and text[start:end] != row.get(column):
        said = f"写的是“{_short(row.get(column))}”，文本 {start}–{end} 处却是“{_short(text[start:end])}”：请重新读取"
        yield problem("quotes", table, row, column, said)


def _untiled(subject: Subject) -> Iterator[Problem]:
    """Where two passages of a notice overlap, or text other than white space lies in none."""
    if (table := subject.collection.by_name.get("passage")) is None:
        return
    order = ("notice_id", "start", "end")
    passages = Groups(rows_by(order, subject.rows.get("passage", ()), (*order, table.key)), ("notice_id",))
    for notice in rows_by(("notice_id",), subject.rows.get("notice", ()), ("notice_id", "source_id")):
        if (text := subject.text_of(notice)) is not None:
            yield from _gaps(table, notice, passages.of(notice, ("notice_id",)), text)


def _gaps(table: Table, notice: Row, passages: list[Row], text: str) -> Iterator[Problem]:
    reached = 0
    for passage in passages:
        if passage["start"] < reached:
            yield problem("quotes", table, passage, "start", "与前一段重叠：各段应首尾相接，请重新读取")
        elif gap := text[reached : passage["start"]].strip():
            said = f"与前一段之间漏了“{_short(gap)}”：各段应首尾相接，请重新读取"
            yield problem("quotes", table, passage, "start", said)
        reached = max(reached, passage["end"])
    if left := text[reached:].strip():
        said = f"{notice['notice_id']} 的文末“{_short(left)}”不在任何一段中：请重新读取"
        yield Problem(table.name, "", "end", said, "quotes")


def _short(words: object) -> str:
    written = str(words)
    return written if len(written) <= 30 else written[:29] + "…"
