"""Numbered lines and bare headings in the order of the text, with the breaks between papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.parsing.headings import Heading, heading_at, is_bare_heading
from etl.parsing.markers import Marker, marker_of
from etl.parsing.page import Line, Page
from etl.parsing.rules import pattern, rule

BREAK, BARE = 0, 4
_NUMBERED_HEADS = frozenset(("part", "chapter", "section", "cn-dot"))


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


@dataclass
class _Sequence:
    """The last value of each shape; a coarser number lets the finer ones start anew."""

    last: dict[str, tuple[int, int]] = field(default_factory=dict)

    def accepts(self, marker: Marker) -> bool:
        previous = self.last.get(marker.shape, (0, 0))[1]
        if previous and marker.value > 1 and not previous <= marker.value <= previous + 3:
            return False
        self.last = {shape: seen for shape, seen in self.last.items() if seen[0] <= marker.rank}
        self.last[marker.shape] = (marker.rank, marker.value)
        return True


def read_entries(page: Page, first: int, breaks: frozenset[int]) -> tuple[Entry, ...]:
    """All entries from line `first` on; `breaks` are further lines that close what is open."""
    entries = _without_contents(page, list(_numbered(page, first, breaks)))
    if not any(entry.shape in _NUMBERED_HEADS for entry in entries):
        entries += [_bare(page, i) for i in range(first, len(page.lines)) if is_bare_heading(page, i)]
    stop = next((e.start for e in entries if e.shape == "tail"), len(page.view))
    return tuple(sorted((e for e in entries if e.start <= stop), key=lambda e: e.start))


def _numbered(page: Page, first: int, breaks: frozenset[int]) -> Iterator[Entry]:
    sequence, listing = _Sequence(), False
    for index in range(first, len(page.lines)):
        line = page.lines[index]
        if pattern("tail").search(line.text):
            yield _break(line, index, "tail")
            return
        if index in breaks or rule("layout", "annex-label").pattern.match(line.text):
            listing = bool(rule("annexes", "list").pattern.match(line.text))
            sequence = _Sequence()
            yield _break(line, index, "break")
            continue
        listing = listing and bool(rule("annexes", "listed").pattern.match(line.text))
        marker = None if listing else marker_of(line.text)
        if marker and sequence.accepts(marker):
            yield _entry(page, index, line.start, marker)


def _entry(page: Page, index: int, start: int, marker: Marker) -> Entry:
    text_start = start + marker.size
    heading = heading_at(page, index, text_start)
    return Entry(
        marker.rank, marker.shape, marker.value, start, start + marker.mark, text_start, index, heading, marker.heads
    )


def _break(line: Line, index: int, shape: str) -> Entry:
    return Entry(BREAK, shape, 0, line.start, line.start, line.start, index)


def _bare(page: Page, index: int) -> Entry:
    line = page.lines[index]
    return Entry(BARE, "bare", 0, line.start, line.start, line.start, index, Heading(line.end, False), True)


def _without_contents(page: Page, entries: list[Entry]) -> list[Entry]:
    """Leave out the lines of a table of contents."""
    dotted = rule("annexes", "contents-line").pattern
    entries = [e for e in entries if e.rank == BREAK or not dotted.search(page.lines[e.line].text)]
    head = next(
        (i for i, line in enumerate(page.lines[:200]) if rule("annexes", "contents").pattern.match(line.text)), None
    )
    listed = [e for e in entries if head is not None and e.line > head]
    if not listed:
        return entries
    again = [e for e in listed[1:] if _words(page, e) == _words(page, listed[0])]
    return [e for e in entries if not again or e not in listed or e.start >= again[0].start]


def _words(page: Page, entry: Entry) -> str:
    return re.sub(r"\s", "", page.lines[entry.line].text)
