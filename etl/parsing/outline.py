"""The outline as a tree, and the chapters in it with their levels and spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.document import Chapter
from etl.parsing.entries import BREAK, Entry
from etl.parsing.page import Page

_LONGEST_SENTENCE = 40
"""How long a sentence behind 1.1.1 is at most that stands over items as their heading."""


@dataclass(slots=True)
class Node:
    """An entry with what it stands in and what stands in it; `end` is where its span ends, spaces aside."""

    entry: Entry
    parent: Node | None
    children: list[Node] = field(default_factory=list)
    end: int = 0

    @property
    def is_chapter(self) -> bool:
        """Whether it has a heading of a shape that chapters have, and is no clause of an article."""
        heading = self.entry.heading
        clause = self.parent is not None and self.parent.entry.shape == "article"
        if not self.entry.heads or heading is None or clause:
            return False
        sentence = self.entry.shape == "decimal" and heading.end - self.entry.text_start > _LONGEST_SENTENCE
        return not heading.opens or (bool(self.children) and not sentence)

    @property
    def chapter(self) -> Node | None:
        """The nearest chapter above it."""
        above = self.parent
        while above is not None and not above.is_chapter:
            above = above.parent
        return above


def tree(page: Page, entries: Sequence[Entry]) -> tuple[Node, ...]:
    """All entries but the breaks as nodes, in the order of the text."""
    nodes: list[Node] = []
    stack: list[Node] = []
    for entry in entries:
        while stack and stack[-1].entry.rank >= entry.rank:
            _close(page, stack.pop(), entry.start)
        if entry.rank == BREAK:
            continue
        node = Node(entry, stack[-1] if stack else None)
        if node.parent:
            node.parent.children.append(node)
        stack.append(node)
        nodes.append(node)
    for node in stack:
        _close(page, node, len(page.view))
    return tuple(nodes)


def chapters_of(page: Page, nodes: Sequence[Node]) -> tuple[Chapter, ...]:
    """The headings as chapters."""
    return tuple(_chapter(page, node) for node in nodes if node.is_chapter)


def trimmed(page: Page, start: int, end: int) -> int:
    """`end` moved back over white space."""
    return start + len(page.view[start:end].rstrip())


def plain(text: str) -> str:
    """A title without the line breaks and the spaces around them.

    >>> plain("加快建设\\n  强市")
    '加快建设强市'
    """
    return re.sub(r"[ \t\u3000\u00a0]*[\r\n]+\s*", "", text).strip()


def _close(page: Page, node: Node, end: int) -> None:
    least = node.entry.heading.end if node.entry.heading else node.entry.text_start
    node.end = max(trimmed(page, node.entry.text_start, end), least)


def grouped(nodes: Sequence[Node]) -> dict[tuple[int, int], list[Node]]:
    """The nodes of each list: of one parent and one shape."""
    groups: dict[tuple[int, int], list[Node]] = {}
    for node in nodes:
        key = (node.parent.entry.start if node.parent else -1, node.entry.rank)
        groups.setdefault(key, []).append(node)
    return groups


def _level(node: Node) -> int:
    level, above = 1, node.chapter
    while above is not None:
        level, above = level + 1, above.chapter
    return level


def _chapter(page: Page, node: Node) -> Chapter:
    entry = node.entry
    heading_end = entry.heading.end if entry.heading else entry.text_start
    title = plain(page.quote(entry.text_start, heading_end))
    number = page.quote(entry.start, entry.mark_end)
    return Chapter(_level(node), number, title, entry.start, node.end, heading_end)
