"""The sentence that a row came from, in its paragraph."""

from __future__ import annotations

from portal.published import PublishedCollection, Row
from portal.published.sections import notices

Paragraph = list[tuple[str, bool]]


def paragraph(served: PublishedCollection, row: Row) -> Paragraph:
    """The passages that hold a row's quote, as (text, is quoted) pieces; empty for rows that no notice holds."""
    if not row.get("notice_id") or row.get("start") is None:
        return []
    pieces: Paragraph = []
    for passage in notices.around(served, row["notice_id"], row["start"], row["end"]):
        pieces += [("\n", False)] if pieces else []
        pieces += cut(passage["text"], row["start"] - passage["start"], row["end"] - passage["start"])
    return pieces


def cut(text: str, start: int, end: int) -> Paragraph:
    """A text in up to three pieces, the one between the offsets marked.

    >>> cut("力争达到66.6%。", 2, 9)
    [('力争', False), ('达到66.6%', True), ('。', False)]
    """
    start, end = max(0, start), min(len(text), end)
    pieces = [(text[:start], False), (text[start:end], True), (text[end:], False)]
    return [p for p in pieces if p[0]]
