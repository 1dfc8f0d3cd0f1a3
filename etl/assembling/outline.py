"""Passages, chapters and tasks: the addressable parts of a notice's text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.assembling.taken import Draft, Noticed, innermost
from etl.document import Body, Document, Segment, Task
from etl.tables import Row

_LINE = re.compile(r"[^\r\n]+")


def passages(noticed: Noticed) -> list[Draft]:
    """The lines of the masked text, without the white space around them, furniture included."""
    spans = list(_lines(noticed.taken.document))
    return [_passage(noticed, n, len(spans), *span) for n, span in enumerate(spans, 1)]


def chapters(noticed: Noticed) -> list[Draft]:
    """The headings of a notice."""
    found = noticed.taken.parsed.chapters
    return [
        Draft(
            {
                "notice_id": noticed.notice_id,
                "level": c.level,
                "number": c.number or None,
                "title": c.title,
                "start": c.start,
                "end": c.end,
            },
            noticed.claim("chapter", f"c{n}", c.start, c.end, label=f"{c.level} {c.title}"),
        )
        for n, c in enumerate(found, 1)
    ]


def tasks(noticed: Noticed) -> list[Draft]:
    """The numbered items of a notice, numbered as it numbers them where no number comes twice."""
    found = noticed.taken.parsed.tasks
    numbers = _numbers(found)
    width = max(2, len(str(max(numbers, default=0))))
    return [_task(noticed, f"t{n:0{width}}", t) for n, t in zip(numbers, found, strict=True)]


def bodies_text(bodies: Sequence[Body]) -> str | None:
    """Roles and names in one line.

    >>> bodies_text([Body("甲", "责任"), Body("乙", "责任"), Body("丙", "配合")])
    '责任：甲、乙；配合：丙'
    """
    roles = dict.fromkeys(b.role for b in bodies)
    return "；".join(f"{role}：{'、'.join(b.name for b in bodies if b.role == role)}" for role in roles) or None


def _task(noticed: Noticed, suffix: str, task: Task) -> Draft:
    chapter = innermost(noticed.chapters, task.start)
    row: Row = {
        "notice_id": noticed.notice_id,
        "chapter_id": chapter and chapter["chapter_id"],
        "number": task.number or None,
        "heading": task.heading,
        "text": task.text,
        "bodies_text": bodies_text(task.bodies),
        "deadline_text": task.deadline,
        "start": task.start,
        "end": task.end,
    }
    return Draft(row, noticed.claim("task", suffix, task.start, task.end, label=task.heading))


def _numbers(tasks: Sequence[Task]) -> list[int]:
    written = [int(t.number) for t in tasks if t.number.isascii() and t.number.isdigit()]
    return written if len(set(written)) == len(tasks) else list(range(1, len(tasks) + 1))


def _passage(noticed: Noticed, number: int, count: int, start: int, end: int, segment: Segment | None) -> Draft:
    width = max(3, len(str(count)))
    document = noticed.taken.document
    row: Row = {
        "notice_id": noticed.notice_id,
        "number": number,
        "role": segment.role if segment else "body",
        "text": noticed.taken.masked[start:end],
        "start": start,
        "end": end,
        "place": segment.place if segment else f"line {document.text.count(chr(10), 0, start) + 1}",
    }
    return Draft(row, noticed.claim("passage", f"p{number:0{width}}", start, end))


def _lines(document: Document) -> Iterator[tuple[int, int, Segment | None]]:
    """Each line's span without white space, cut where a segment of the source begins or ends within it."""
    segments = sorted(document.segments, key=lambda s: s.start)
    starts = [s.start for s in segments]
    borders = sorted({b for s in segments for b in (s.start, s.end)})
    for line in _LINE.finditer(document.text):
        within = borders[bisect_right(borders, line.start()) : bisect_left(borders, line.end())]
        cuts = [line.start(), *within, line.end()]
        for start, end in pairwise(cuts):
            piece = document.text[start:end]
            if piece.strip():
                start += len(piece) - len(piece.lstrip())
                yield start, start + len(piece.strip()), _segment_at(segments, starts, start)


def _segment_at(segments: Sequence[Segment], starts: Sequence[int], position: int) -> Segment | None:
    index = bisect_right(starts, position) - 1
    return segments[index] if index >= 0 and position < segments[index].end else None
