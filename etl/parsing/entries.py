"""Numbered lines and bare headings in the order of the text, with the breaks between papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from etl.parsing.counting import Sequence, alone_on_line, before_digit, goes_on, leap
from etl.parsing.headings import Heading, heading_at, is_bare_heading
from etl.parsing.markers import Marker, marker_of
from etl.parsing.page import Line, Page
from etl.parsing.rules import is_line_of, rule

BREAK, BARE, CLAUSE = 0, 40, 70
_TAIL_WIDTH = 200
_NUMBERED_HEADS = frozenset(("part", "chapter", "section", "cn-dot"))
_ITEMS = frozenset(("article", "clause", "cn-paren", "decimal", "arabic-dot", "arabic-paren", "ordinal"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What opens at `start`; `rank` orders the shapes, 0 is a break that closes all that is open."""

    rank: int
    shape: str
    value: int
    start: int
    mark_end: int
    text_start: int
    line: int
    heading: Heading | None = None
    heads: bool = False


def read_entries(page: Page, first: int, breaks: frozenset[int]) -> tuple[Entry, ...]:
    """All entries from line `first` on; `breaks` are further lines that close what is open."""
    entries = list(_under_articles(_numbered(page, first, breaks)))
    stop = next((e.start for e in entries if e.shape == "tail"), len(page.view))
    if any(entry.shape == "decimal" for entry in entries):
        entries = [*map(_heading_above, entries), *_plain_numbers(page, first)]
    elif not any(entry.shape in _NUMBERED_HEADS for entry in entries):
        lines = (i for i in range(first, len(page.lines)) if i not in breaks)
        entries += [_bare(page, i) for i in lines if is_bare_heading(page, i)]
    if not any(entry.shape in _ITEMS for entry in entries):
        entries += [e for i in range(first, len(page.lines)) for e in _spoken_inside(page, i)]
    return tuple(sorted((e for e in entries if e.start <= stop), key=lambda e: e.start))


def _numbered(page: Page, first: int, breaks: frozenset[int]) -> Iterator[Entry]:
    sequence, listing = Sequence(), False
    for index in range(first, len(page.lines)):
        line = page.lines[index]
        if len(line.text) <= _TAIL_WIDTH and is_line_of("tail", line.text):
            yield _break(line, index, "tail")
            return
        if index in breaks or rule("layout", "annex-label").pattern.match(line.text):
            listing = bool(rule("annexes", "list").pattern.match(line.text))
            sequence = Sequence()
            yield _break(line, index, "break")
            continue
        listing = listing and bool(rule("annexes", "listed").pattern.match(line.text))
        if not listing and not _is_contents(line.text):
            yield from _in_line(page, index, sequence)


def _under_articles(entries: Iterable[Entry]) -> Iterator[Entry]:
    """一、 in a paper that counts 第一条 before it counts 一、 is a clause of an article and no chapter."""
    above: set[str] = set()
    for entry in entries:
        above = set() if entry.rank == BREAK else above
        clause = entry.shape == "cn-dot" and "article" in above and "cn-dot" not in above
        above |= set() if clause else {entry.shape}
        yield replace(entry, rank=CLAUSE, shape="clause", heads=False) if clause else entry


def _is_contents(text: str) -> bool:
    return text[-1].isdigit() and bool(rule("annexes", "contents-line").pattern.search(text[-40:]))


def _in_line(page: Page, index: int, sequence: Sequence) -> Iterator[Entry]:
    """The number that the line starts with, and those inside it that go on with a list."""
    line = page.lines[index]
    marker = before_digit(page, index, sequence) or marker_of(line.text)
    alone = None if marker else alone_on_line(page, index)
    if marker and sequence.accepts(marker, leap(page, index)):
        yield _entry(page, index, line.start, marker)
    elif alone and sequence.accepts(alone):
        yield _entry(page, index + 1, line.start, alone)
    for match in rule("inline", "outline").pattern.finditer(line.text):
        inner = marker_of(line.text[match.start("mark") : match.start("mark") + 80])
        if inner is None or not sequence.continues(inner):
            continue
        if inner.value > 1 or goes_on(line.text, match.end(), inner):
            sequence.accepts(inner)
            yield _entry(page, index, line.start + match.start("mark"), inner)


def _heading_above(entry: Entry) -> Entry:
    """1. 总则 over 1.1 is a heading too."""
    whole = entry.shape == "arabic-dot" and entry.heading is not None and not entry.heading.run_in
    return replace(entry, heads=True) if whole else entry


def _plain_numbers(page: Page, first: int) -> Iterator[Entry]:
    """1 总则, 2 组织体系 … in a paper that counts its sections 1.1, 1.2."""
    count = 0
    for index in range(first, len(page.lines)):
        line = page.lines[index]
        match = rule("inline", "plain-number").pattern.match(line.text)
        if match and int(match["value"]) == count + 1:
            count += 1
            mark_end, text_start = line.start + match.end("mark"), line.start + match.start("title")
            heading = Heading(line.end, False)
            yield Entry(BARE, "number", count, line.start, mark_end, text_start, index, heading, True)


def _spoken_inside(page: Page, index: int) -> list[Entry]:
    """一是, 二是 … or 第一， 第二， … inside a line, if they count on without a gap (the first may open the line)."""
    return _counted_inside(page, index, "spoken") or _counted_inside(page, index, "ordinal")


def _counted_inside(page: Page, index: int, shape: str) -> list[Entry]:
    line = page.lines[index]
    opening = marker_of(line.text)
    count = 1 if opening is not None and opening.shape == shape and opening.value == 1 else 0
    entries: list[Entry] = []
    for match in rule("inline", shape).pattern.finditer(line.text):
        marker = marker_of(line.text[match.start("mark") :][:80])
        if marker is not None and marker.value == count + len(entries) + 1:
            entries.append(_entry(page, index, line.start + match.start("mark"), marker))
    return entries if count + len(entries) > 1 else []


def _entry(page: Page, index: int, start: int, marker: Marker) -> Entry:
    text_start = start + marker.size
    heading = heading_at(page, index, text_start, marker)
    mark_end = start + marker.mark
    return Entry(marker.rank, marker.shape, marker.value, start, mark_end, text_start, index, heading, marker.heads)


def _break(line: Line, index: int, shape: str) -> Entry:
    return Entry(BREAK, shape, 0, line.start, line.start, line.start, index)


def _bare(page: Page, index: int) -> Entry:
    line = page.lines[index]
    return Entry(BARE, "bare", 0, line.start, line.start, line.start, index, Heading(line.end, False), True)
