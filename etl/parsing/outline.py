"""The outline as a tree, and the chapters in it with their levels and spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.document import Chapter
from etl.parsing.bodies import is_role_line
from etl.parsing.entries import BREAK, Entry
from etl.parsing.headings import Heading
from etl.parsing.page import Page

_SHORT_TITLE = 25
"""How long a title behind an Arabic number is at most."""
_PROSE, _LITTLE = 30, 8
"""How long a text under a heading is at least, and where the others of its kind are such headings."""


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
        return self.entry.heads and heading is not None and not clause and (bool(self.children) or not heading.opens)

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
    _settle(page, nodes)
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


def _settle(page: Page, nodes: Sequence[Node]) -> None:
    """Make headings of short sentences with prose under them, and sentences of headings, as most of their kind have."""
    groups = grouped(nodes)
    _unsettle(page, nodes, groups)
    for node in nodes:
        if node.entry.shape == "arabic-dot" and _heads_text(page, node):
            node.entry = replace(node.entry, heads=True)
    for members in groups.values():
        alone = [node for node in members if _is_over_prose(page, node)]
        run_in = any(node.entry.heading and node.entry.heading.run_in for node in members)
        if len(alone) * 2 < len(members) and not run_in:
            continue
        for node in (n for n in members if _is_over_prose(page, n, _LITTLE)):
            end = trimmed(page, node.entry.text_start, page.lines[node.entry.line].end)
            heading = node.entry.heading
            # As written with its full stop, unless the others of its kind run into their text.
            last = heading.end if heading and (run_in or page.view[end - 1] != "。") else end
            node.entry = replace(node.entry, heading=Heading(last, False))


def _unsettle(page: Page, nodes: Sequence[Node], groups: dict[tuple[int, int], list[Node]]) -> None:
    """Short first sentences are no headings where most items of the shape, here and in the paper, have none."""
    for (_, rank), members in groups.items():
        alike = [node for node in nodes if node.entry.rank == rank]
        if _headed(members) * 2 <= len(members) and _headed(alike) * 2 < len(alike):
            for node in members:
                end = node.entry.heading.end if node.entry.heading and node.entry.heading.run_in else 0
                if end and page.view[end] == "。" and not node.children:
                    node.entry = replace(node.entry, heading=None)


def _heads_text(page: Page, node: Node) -> bool:
    """Whether 1. 题名 stands on a line of its own over items or prose."""
    heading = node.entry.heading
    if heading is None or heading.run_in or heading.opens or heading.end - node.entry.text_start > _SHORT_TITLE:
        return False
    below = page.view[heading.end : node.end].strip()
    return bool(node.children) or ("。" in below.split("\n")[0] and len(below) >= _PROSE)


def _headed(nodes: Sequence[Node]) -> int:
    return sum(node.entry.heading is not None and not node.entry.heading.opens for node in nodes)


def _is_over_prose(page: Page, node: Node, least: int = _PROSE) -> bool:
    heading = node.entry.heading
    if heading is None or not heading.opens or not node.entry.heads or node.children:
        return False
    below = page.view[page.lines[node.entry.line].end : node.end].strip()
    return len(below) >= least and not is_role_line(below.split("\n")[0])


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
