"""Passages laid out as the page shows them: furniture folded, a task's paragraphs together, cells as tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from portal.published import Row
from portal.sections.notices.spans import Part, Span, weave

_NUMBERING = 8
"""Characters that a heading's number and signs may take beside its title."""
_CELL = re.compile(r"table (\d+) row (\d+) col \d+")


@dataclass(frozen=True)
class Block:
    """A passage: its parts, what was read in it, the chapter that it heads, other chapters and tasks begun in it."""

    passage: Row
    parts: tuple[Part, ...]
    spans: tuple[Span, ...]
    heading: Row | None
    chapters: tuple[Row, ...]
    tasks: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """Blocks that belong together: `kind` is `furniture`, `table`, `task` or `text`; a task's group has its row."""

    kind: str
    task: Row | None
    blocks: tuple[Block, ...]

    @property
    def rows(self) -> list[list[Block]]:
        """The rows of a table."""
        return [list(cells) for _, cells in groupby(self.blocks, key=lambda b: _cell(b.passage)[1])]


def lay_out(passages: list[Row], chapters: list[Row], tasks: list[Row], spans: list[Span]) -> list[Group]:
    """The passages in order, grouped."""
    owners = _owners(passages, tasks)
    blocks = [_block(p, chapters, tasks, spans) for p in passages]
    by_id = {t["task_id"]: t for t in tasks}
    runs = groupby(blocks, key=lambda b: _key(b.passage, owners))
    return [Group(kind, by_id.get(of) if kind == "task" else None, tuple(some)) for (kind, of), some in runs]


def _owners(passages: list[Row], tasks: list[Row]) -> dict[str, str]:
    """The task of each passage; none where a passage holds pieces of several."""
    within = {p["passage_id"]: [t["task_id"] for t in tasks if _overlap(p, t)] for p in passages}
    shared = {t for some in within.values() if len(some) > 1 for t in some}
    return {p: some[0] for p, some in within.items() if len(some) == 1 and some[0] not in shared}


def _key(passage: Row, owners: dict[str, str]) -> tuple[str, str]:
    if passage["role"] == "furniture":
        return "furniture", ""
    if passage["role"] == "cell" and _cell(passage)[0]:
        return "table", _cell(passage)[0]
    task = owners.get(passage["passage_id"], "")
    return ("task", task) if task else ("text", "")


def _cell(passage: Row) -> tuple[str, str]:
    """The numbers of a cell's table and row, empty where its place does not say."""
    found = _CELL.match(passage["place"] or "")
    return (found[1], found[2]) if found else ("", "")


def _block(passage: Row, chapters: list[Row], tasks: list[Row], spans: list[Span]) -> Block:
    here = tuple(s for s in spans if s.start < passage["end"] and s.end > passage["start"])
    begun = [c for c in chapters if _begins(c, passage)]
    heading = next((c for c in begun if _is_heading(passage, c)), None)
    return Block(
        passage,
        weave(passage["text"], passage["start"], here),
        here,
        heading,
        tuple(c for c in begun if c is not heading),
        tuple(t for t in tasks if _begins(t, passage)),
    )


def _begins(row: Row, passage: Row) -> bool:
    return bool(passage["start"] <= row["start"] < passage["end"])


def _is_heading(passage: Row, chapter: Row) -> bool:
    return len(passage["text"].strip()) <= len(chapter["title"]) + _NUMBERING


def _overlap(passage: Row, task: Row) -> bool:
    return bool(passage["start"] < task["end"] and passage["end"] > task["start"])
