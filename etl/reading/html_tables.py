"""Tables and lists of a page, as the browser numbers and spans them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

_NUMBERED = re.compile(r"\s*(?:[\d一二三四五六七八九十]+\s*[.、．]|[（(][\d一二三四五六七八九十]+[)）])")


def data_rows(table: LexborNode) -> list[list[LexborNode]] | None:
    """The rows of a table of data; none where a table only lays the page out."""
    if len(table.css("table")) > 1:
        return None
    rows = [[cell for cell in _children(row) if cell.tag in {"td", "th"}] for row in table.css("tr")]
    rows = [row for row in rows if row]
    return rows if len(rows) > 1 and max(len(row) for row in rows) > 1 else None


def span(cell: LexborNode, name: str) -> int:
    """How many rows or columns a cell says it spans, at least one."""
    value = (cell.attributes.get(name) or "").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def list_number(item: LexborNode, position: int) -> str:
    """The number that a browser writes before an item of an ordered list, unless its text begins with one."""
    parent = item.parent
    if parent is None or parent.tag != "ol" or "none" in (parent.attributes.get("style") or ""):
        return ""
    if _NUMBERED.match(item.text(deep=True)[:20]):
        return ""
    first = (parent.attributes.get("start") or "1").strip()
    return f"{(int(first) if first.isascii() and first.isdigit() and len(first) < 6 else 1) + position - 1}. "


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next
