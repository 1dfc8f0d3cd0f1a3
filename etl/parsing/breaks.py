"""Where one paper ends and another begins: the signature block and the title of what is issued."""

from __future__ import annotations

from etl.parsing.heads import Head
from etl.parsing.page import Page, fold


def first_line(head: Head) -> int:
    """The index of the first line that may belong to the outline."""
    return head.front.stop


def breaks_of(page: Page, head: Head) -> frozenset[int]:
    """The lines that close what is open above them."""
    signed = head.signature.lines if head.signature else ()
    return frozenset([*signed, *_attached_lines(page, head)])


def _attached_lines(page: Page, head: Head) -> list[int]:
    """The lines that the issued paper's title stands on, whole or over two or three lines."""
    if not head.attached:
        return []
    first = head.title.end if head.title else 0
    wanted = "".join(fold(head.attached).split())
    for index, line in enumerate(page.lines):
        if line.start < first or not wanted.startswith("".join(line.text.split())[:8]):
            continue
        joined = ""
        for last in range(index, min(index + 3, len(page.lines))):
            joined += "".join(page.lines[last].text.split())
            if joined == wanted:
                return list(range(index, last + 1))
    return []
