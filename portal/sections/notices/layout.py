"""Passages laid out as the page shows them: furniture folded, a task's paragraphs together, table cells by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from portal.published import Row
from portal.sections.notices.spans import Part, Span, weave

_NUMBERING = 8
"""Characters that a heading's number and signs may take beside its title."""


@dataclass(frozen=True)
class Block:
    """A passage: its parts, the chapter whose heading it is, tasks that begin within it, what was read in it."""

    passage: Row
    parts: tuple[Part, ...]
    heading: Row | None
    anchors: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Group:
    """Blocks that belong together: `kind` is `furniture`, `task` or `text`; a task's group carries its row."""

    kind: str
    task: Row | None
    blocks: tuple[Block, ...]


def lay_out(passages: list[Row], chapters: list[Row], tasks: list[Row], spans: list[Span]) -> list[Group]:
    """The passages in order, grouped."""
    own = _tasks_of_passages(passages, tasks)
    blocks = [_block(p, chapters, [] if own[p["passage_id"]] else tasks, spans) for p in passages]
    return [_group(key, list(some), tasks) for key, some in groupby(blocks, key=lambda b: _kind(b, own))]


def _tasks_of_passages(passages: list[Row], tasks: list[Row]) -> dict[str, str | None]:
    """The task that a passage belongs to; none where it holds pieces of several, which then are anchored inline."""
    within = {p["passage_id"]: [t for t in tasks if _overlap(p, t)] for p in passages}
    shared = {t["task_id"] for some in within.values() if len(some) > 1 for t in some}
    return {
        p: (some[0]["task_id"] if some and some[0]["task_id"] not in shared else None) for p, some in within.items()
    }


def _kind(block: Block, own: dict[str, str | None]) -> tuple[str, str | None]:
    if block.passage["role"] == "furniture":
        return "furniture", None
    task = own[block.passage["passage_id"]]
    return ("task", task) if task else ("text", None)


def _group(key: tuple[str, str | None], blocks: list[Block], tasks: list[Row]) -> Group:
    return Group(key[0], next((t for t in tasks if t["task_id"] == key[1]), None), tuple(blocks))


def _block(passage: Row, chapters: list[Row], tasks: Iterable[Row], spans: list[Span]) -> Block:
    here = tuple(s for s in spans if s.start < passage["end"] and s.end > passage["start"])
    begun = [c for c in chapters if passage["start"] <= c["start"] < passage["end"]]
    heading = next((c for c in begun if _is_heading(passage, c)), None)
    anchors = [c["chapter_id"] for c in begun if c is not heading]
    anchors += [t["task_id"] for t in tasks if passage["start"] <= t["start"] < passage["end"]]
    return Block(passage, weave(passage["text"], passage["start"], here), heading, tuple(anchors), here)


def _is_heading(passage: Row, chapter: Row) -> bool:
    return len(passage["text"].strip()) <= len(chapter["title"]) + _NUMBERING


def _overlap(passage: Row, task: Row) -> bool:
    return bool(passage["start"] < task["end"] and passage["end"] > task["start"])
