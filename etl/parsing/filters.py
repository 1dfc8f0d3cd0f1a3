"""Entries that are none: tables of contents, rows of indicators, and lists that were cut after their first word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from etl.parsing.entries import BREAK, Entry
from etl.parsing.page import Page
from etl.parsing.rules import rule

_HEAD_LINES = 200
_ROWS = frozenset(("arabic-dot", "arabic-paren", "cn-paren", "circled"))
_ROW, _CELL = 150, 10
_SENTENCE = re.compile(r"[。;,!?]")


def without_false(page: Page, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave out the lines of a table of contents, the rows of a table of indicators and a lone 一是."""
    return tuple(_without_lone(page, _without_rows(page, _without_contents(page, entries))))


def _without_rows(page: Page, entries: Sequence[Entry]) -> list[Entry]:
    """1.森林覆盖率 % 61.7 ≥62.5 约束性 is a row of indicators, on one line or a cell a line."""
    ends = [*(entry.start for entry in entries[1:]), len(page.view)]
    return [e for e, end in zip(entries, ends, strict=False) if e.shape not in _ROWS or not _is_row(page, e, end)]


def _is_row(page: Page, entry: Entry, end: int) -> bool:
    name, *cells = page.view[entry.text_start : min(end, entry.text_start + _ROW)].split() or [""]
    short = list(takewhile(lambda cell: len(cell) <= _CELL and not _SENTENCE.search(cell), cells))
    values = sum(bool(rule("cells", "value").pattern.match(cell)) for cell in short)
    return values >= 2 and values * 2 >= len(short) and not _SENTENCE.search(name)


def _without_contents(page: Page, entries: Sequence[Entry]) -> list[Entry]:
    shape = rule("annexes", "contents").pattern
    head = next((i for i, line in enumerate(page.lines[:_HEAD_LINES]) if shape.match(line.text)), None)
    listed = [e for e in entries if head is not None and e.line > head and e.rank != BREAK]
    again = next((e for e in listed[1:] if _words(page, e) == _words(page, listed[0])), None)
    return (
        list(entries) if again is None else [e for e in entries if e.start < listed[0].start or e.start >= again.start]
    )


def _words(page: Page, entry: Entry) -> str:
    return re.sub(r"\s", "", page.lines[entry.line].text)


def _without_lone(page: Page, entries: Sequence[Entry]) -> list[Entry]:
    """一是 without 二是 before the next number is a list that was cut, or a phrase; 二是 may open an excerpt."""
    spoken = [i for i, e in enumerate(entries) if e.shape == "spoken"]
    paired = {i for i in spoken if _is_spoken(entries, i + 1) or (_is_spoken(entries, i - 1) and entries[i].value > 1)}
    paired |= {i for i in spoken if entries[i].value > 1 and entries[i].start == page.lines[entries[i].line].start}
    return [e for i, e in enumerate(entries) if e.shape != "spoken" or i in paired]


def _is_spoken(entries: Sequence[Entry], index: int) -> bool:
    return 0 <= index < len(entries) and entries[index].shape == "spoken"
