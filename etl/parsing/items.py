"""Items: which numbered nodes are tasks, and what a task record says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.document import Body, Task
from etl.parsing.deadlines import deadline_in
from etl.parsing.endings import ends_of, is_cut
from etl.parsing.numbers import squeeze
from etl.parsing.outline import Node, grouped, plain
from etl.parsing.page import Page
from etl.parsing.sentences import Named

_NEAR = 200
"""How many last items tell where the last one ends."""
_ITEMS = frozenset(
    ("article", "clause", "cn-paren", "decimal", "arabic-dot", "arabic-paren", "spoken", "ordinal", "cn-dot")
)


def items_of(page: Page, nodes: Sequence[Node]) -> list[Node]:
    """The nodes that are tasks: leaves of the finest shape, and leaves of coarser shapes that hold text."""
    leaves = [node for node in _without_clauses(page, nodes) if _is_leaf(page, node)]
    finest = max((node.entry.rank for node in leaves), default=0)
    items = [node for node in leaves if _holds_text(page, node, finest)]
    ends = ends_of(page, items[-_NEAR:])
    return [node for node in items if not is_cut(page, node, items, ends)]


def task_of(page: Page, node: Node, end: int, named: Sequence[Named]) -> Task:
    """The task of an item that ends at `end` and names these bodies."""
    start = node.entry.text_start
    text = page.view[start:end]
    when = deadline_in(text)
    return Task(
        number=page.quote(node.entry.start, node.entry.mark_end).rstrip("、.． "),
        chapter=_chapter_number(page, node),
        heading=_heading(page, node, end),
        text=page.quote(start, end),
        bodies=tuple(Body(squeeze(page.quote(n.name.start, n.name.end)), n.role) for n in named),
        deadline=page.quote(start + when[0], start + when[1]) if when else None,
        start=start,
        end=end,
    )


def _is_leaf(page: Page, node: Node) -> bool:
    if node.entry.shape not in _ITEMS or node.end <= node.entry.text_start:
        return False
    if node.parent is not None and node.parent.entry.shape == "article":
        return not _are_clauses(page, node.parent.children)
    return not any(child.entry.shape in _ITEMS for child in node.children) or _are_clauses(page, node.children)


def _without_clauses(page: Page, nodes: Sequence[Node]) -> list[Node]:
    """Leave out the lists of (1) or 1) whose members are clauses of one sentence, closed by semicolons."""
    clauses: set[int] = set()
    for members in grouped(nodes).values():
        open_ended = sum(page.view[node.end - 1] in ";,、" for node in members)
        if members[0].entry.shape == "arabic-paren" and len(members) > 1 and open_ended * 2 > len(members):
            clauses.update(node.entry.start for node in members)
    return [node for node in nodes if node.entry.start not in clauses]


def _are_clauses(page: Page, nodes: Sequence[Node]) -> bool:
    """Whether the numbered lines under an article are clauses of its sentence, closed by semicolons."""
    if not nodes or nodes[0].parent is None or nodes[0].parent.entry.shape != "article":
        return False
    open_ended = sum(page.view[n.end - 1] in ";；,、" for n in nodes[:-1])
    return open_ended * 2 >= len(nodes) - 1


def _holds_text(page: Page, node: Node, finest: int) -> bool:
    entry = node.entry
    titled = entry.shape == "article" and entry.heads
    has_text = entry.heading is None or entry.heading.run_in or entry.heading.opens or titled
    if entry.shape == "cn-dot":
        return has_text and entry.rank == finest
    return has_text or entry.rank == finest


def _chapter_number(page: Page, node: Node) -> str | None:
    above = node if node.is_chapter and node.children else node.chapter
    if above is None or above.entry.mark_end == above.entry.start:
        return None
    return page.quote(above.entry.start, above.entry.mark_end)


def _heading(page: Page, node: Node, end: int) -> str:
    """The title of the item: up to its heading's end, else its first sentence or clause."""
    start = node.entry.text_start
    if node.entry.heading and node.entry.heading.end <= end:
        return plain(page.quote(start, node.entry.heading.end))
    clause = re.match(r"[^。;!?\n]{2,60}(?=[。;!?\n])|[^,。;!?\n]{1,60}", page.view[start:end])
    return page.quote(start, start + clause.end()) if clause else ""
