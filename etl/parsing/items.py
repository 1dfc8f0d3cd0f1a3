"""Items: which numbered nodes are tasks, and what a task record says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.document import Body, Task
from etl.parsing.bodies import is_role_line
from etl.parsing.deadlines import deadline_in
from etl.parsing.numbers import squeeze
from etl.parsing.outline import Node, grouped, plain, trimmed
from etl.parsing.page import ENDS, Page
from etl.parsing.sentences import Named

_CLOSED = ENDS | set(")〕】]”’》")
_NEAR, _SHORT = 200, 20
"""How many last items are looked at, and how long a line is at most that only signs off."""
_OPEN = frozenset(";:")
"""Signs that close a clause but no item, where all the items before end in a full stop."""
_ITEMS = frozenset(
    ("article", "clause", "cn-paren", "decimal", "arabic-dot", "arabic-paren", "spoken", "ordinal", "cn-dot")
)


def items_of(page: Page, nodes: Sequence[Node]) -> list[Node]:
    """The nodes that are tasks: leaves of the finest shape, and leaves of coarser shapes that hold text."""
    leaves = [node for node in nodes if _is_leaf(page, node)]
    finest = max((node.entry.rank for node in leaves), default=0)
    items = [node for node in leaves if _holds_text(page, node, finest)]
    ends = ends_of(page, items[-_NEAR:])
    return [node for node in items if not _is_cut(page, node, items, ends)]


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


def ends_of(page: Page, items: Sequence[Node]) -> dict[int, int]:
    """Where each item's text ends, by its start: a last item takes no more lines than those before it."""
    ends = {node.entry.start: node.end for node in items}
    for members in grouped(items).values():
        *before, last = members
        if before and all(_first_paragraph_end(page, node) == node.end for node in before):
            ends[last.entry.start] = _first_paragraph_end(page, last)
    return ends


def _first_paragraph_end(page: Page, node: Node) -> int:
    """The end of an item's first paragraph and of the role lines under it."""
    lines = page.view[node.entry.text_start : node.end].splitlines(keepends=True)
    size = len(lines[0])
    for line in lines[1:]:
        if line.strip() and not is_role_line(line.strip()):
            break
        size += len(line)
    return trimmed(page, node.entry.text_start, node.entry.text_start + size)


def _is_leaf(page: Page, node: Node) -> bool:
    if node.entry.shape not in _ITEMS or node.end <= node.entry.text_start:
        return False
    if node.parent is not None and node.parent.entry.shape == "article":
        return not _are_clauses(page, node.parent.children)
    return not any(child.entry.shape in _ITEMS for child in node.children) or _are_clauses(page, node.children)


def _are_clauses(page: Page, nodes: Sequence[Node]) -> bool:
    """Whether the numbered lines under an article are clauses of its sentence, closed by semicolons."""
    if not nodes or nodes[0].parent is None or nodes[0].parent.entry.shape != "article":
        return False
    open_ended = sum(page.view[n.end - 1] in ";；,、" for n in nodes[:-1])
    return open_ended * 2 >= len(nodes) - 1


def _holds_text(page: Page, node: Node, finest: int) -> bool:
    entry = node.entry
    has_text = entry.heading is None or entry.heading.run_in or entry.heading.opens
    if entry.shape == "cn-dot":
        return has_text and entry.rank == finest
    return has_text or entry.rank == finest


def _is_cut(page: Page, node: Node, items: Sequence[Node], ends: dict[int, int]) -> bool:
    """Whether the text breaks off inside the last item."""
    if node is not items[-1] or page.view[node.end :].strip() or _is_signed_off(page, node, ends):
        return False
    others = [item for item in items[:-1] if item.entry.rank == node.entry.rank]
    signs = [page.view[_paragraph_end(page, other) - 1] for other in others]
    if _is_closed(page, node):
        return page.view[node.end - 1] in _OPEN and bool(others) and all(sign in "。)〕】" for sign in signs)
    return sum(sign in _CLOSED for sign in signs) * 2 >= len(others)


def _is_signed_off(page: Page, node: Node, ends: dict[int, int]) -> bool:
    """Whether an item is over before its node is: in a line of bodies, or before short lines (a reporter's name)."""
    end = ends.get(node.entry.start, node.end)
    if end < node.end and is_role_line(page.view[page.view.rfind("\n", 0, end) + 1 : end].strip()):
        return True
    lines = page.view[end : node.end].split("\n")
    short = all(len(line.strip()) <= _SHORT and not re.search(r"[。;:,、]|\d\s*$", line) for line in lines)
    return end < node.end and page.view[end - 1] in _CLOSED and short


def _is_closed(page: Page, node: Node) -> bool:
    """Whether an item ends in a closing sign, or in a line that only says who does it or until when."""
    last = page.view[node.entry.text_start : node.end].rsplit("\n", 1)[1:]
    return page.view[node.end - 1] in _CLOSED or any(is_role_line(line.strip()) for line in last)


def _paragraph_end(page: Page, node: Node) -> int:
    """Where the first paragraph of an item ends, the whole text of one that begins with a heading's line."""
    if node.entry.heading is not None and not node.entry.heading.run_in:
        return node.end
    first = page.view[node.entry.text_start : node.end].split("\n", 1)[0]
    return trimmed(page, node.entry.text_start, node.entry.text_start + len(first))


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
