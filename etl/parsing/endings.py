"""Where items end, and whether the text breaks off inside the last one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parsing.bodies import is_role_line
from etl.parsing.headings import is_open
from etl.parsing.outline import Node, grouped, trimmed
from etl.parsing.page import ENDS, Page

_CLOSED = ENDS | set(")〕】]”’》")
_OPEN = frozenset(";:")
"""Signs that close a clause but no item, where all the items before end in a full stop."""
_SHORT = 20
"""How long a line is at most that only signs off."""


def ends_of(page: Page, items: Sequence[Node]) -> dict[int, int]:
    """Where each item's text ends, by its start: a last item takes no more lines than those before it."""
    ends = {node.entry.start: node.end for node in items}
    for members in grouped(items).values():
        *before, last = members
        if before and all(_first_paragraph_end(page, node) == node.end for node in before):
            ends[last.entry.start] = _first_paragraph_end(page, last)
    return ends


def is_cut(page: Page, node: Node, items: Sequence[Node], ends: dict[int, int]) -> bool:
    """Whether the text breaks off inside the last item."""
    if node is not items[-1] or page.view[node.end :].strip() or _is_signed_off(page, node, ends):
        return False
    if is_open(page.view[node.entry.text_start : node.end].rsplit("\n", 1)[-1]):
        return True
    others = [item for item in items[:-1] if item.entry.rank == node.entry.rank]
    signs = [page.view[_paragraph_end(page, other) - 1] for other in others]
    closed = sum(sign in _CLOSED or _is_closed(page, other) for sign, other in zip(signs, others, strict=True))
    if _is_closed(page, node):
        return _last_sign(page, node) in _OPEN and bool(others) and all(sign in "。)〕】" for sign in signs)
    return closed * 2 >= len(others)


def _first_paragraph_end(page: Page, node: Node) -> int:
    """The end of an item's first paragraph and of the role lines under it."""
    lines = page.view[node.entry.text_start : node.end].splitlines(keepends=True)
    size = len(lines[0])
    for line in lines[1:]:
        if line.strip() and not is_role_line(line.strip()):
            break
        size += len(line)
    return trimmed(page, node.entry.text_start, node.entry.text_start + size)


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
    return _last_sign(page, node) in _CLOSED or any(_is_whole_role_line(line.strip()) for line in last)


def _is_whole_role_line(line: str) -> bool:
    """Whether a line of bodies does not break off after the first sign of a name (责任单位:区)."""
    return is_role_line(line) and len(re.split("[:、,]", line)[-1].strip()) > 1


def _last_sign(page: Page, node: Node) -> str:
    """The sign that an item ends in, what is left of a table's grid aside."""
    return page.view[node.entry.text_start : node.end].rstrip("| \n")[-1:]


def _paragraph_end(page: Page, node: Node) -> int:
    """Where the first paragraph of an item ends, the whole text of one that begins with a heading's line."""
    if node.entry.heading is not None and not node.entry.heading.run_in:
        return node.end
    first = page.view[node.entry.text_start : node.end].split("\n", 1)[0]
    return trimmed(page, node.entry.text_start, node.entry.text_start + len(first))
