"""What is a heading and what a sentence, told by the other items of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.parsing.bodies import is_role_line
from etl.parsing.headings import Heading
from etl.parsing.outline import Node, grouped, trimmed
from etl.parsing.page import Page

_SHORT_TITLE, _LONG_TITLE = 25, 60
"""How long a title behind an Arabic number is at most, over prose and over items."""
_ARTICLE_TITLE = 15
"""How long the title of an article is at most."""
_PROSE, _LITTLE = 30, 8
"""How long a text under a heading is at least, and where the others of its kind are such headings."""


def settle(page: Page, nodes: Sequence[Node]) -> None:
    """Make headings of short sentences with prose under them, and sentences of headings, as most of their kind have."""
    groups = grouped(nodes)
    _unsettle(page, nodes, groups)
    for node in nodes:
        if node.entry.shape == "arabic-dot" and _heads_text(page, node):
            node.entry = replace(node.entry, heads=True)
    for node in nodes:
        if _has_only_roles(page, node):
            node.entry = replace(node.entry, heading=None)
    _unsettle_last(page, nodes, groups)
    _settle_articles(page, [node for node in nodes if node.entry.shape == "article"])
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


def _has_only_roles(page: Page, node: Node) -> bool:
    """Whether the line of an item has nothing under it but who does it: then it says what is to be done."""
    heading = node.entry.heading
    if heading is None or heading.run_in or node.children or node.entry.shape not in ("cn-paren", "arabic-dot"):
        return False
    below = [line.strip() for line in page.view[heading.end : node.end].strip("。 \n").split("\n")]
    return any(below) and all(is_role_line(line) for line in below if line)


def _unsettle_last(page: Page, nodes: Sequence[Node], groups: dict[tuple[int, int], list[Node]]) -> None:
    """The last line of a text is no heading where none of its list before has one: the text breaks off in it."""
    last = nodes[-1] if nodes else None
    members = groups[(last.parent.entry.start if last.parent else -1, last.entry.rank)] if last else []
    heading = last.entry.heading if last else None
    if last is None or heading is None or heading.opens or page.view[heading.end :].strip():
        return
    if len(members) > 1 and not any(node.entry.heading for node in members[:-1]):
        last.entry = replace(last.entry, heading=None)


def _settle_articles(page: Page, articles: Sequence[Node]) -> None:
    """第一条 题名 on a line of its own is a heading where most articles of the paper have one over their text."""
    titled = [node for node in articles if _is_titled(page, node)]
    if len(titled) * 2 > len(articles):
        for node in titled:
            node.entry = replace(node.entry, heads=True)


def _is_titled(page: Page, node: Node) -> bool:
    heading = node.entry.heading
    if heading is None or heading.run_in or heading.opens or heading.end - node.entry.text_start > _ARTICLE_TITLE:
        return False
    return len(page.view[heading.end : node.end].strip()) >= _PROSE or bool(node.children)


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
    longest = _LONG_TITLE if node.children else _SHORT_TITLE
    if heading is None or heading.run_in or heading.opens or heading.end - node.entry.text_start > longest:
        return False
    below = page.view[heading.end : node.end].strip()
    alike = node.parent.children if node.parent else []
    cut = not page.view[node.end :].strip() and any(other.entry.heads for other in alike)
    return bool(node.children) or (("。" in below.split("\n")[0] or cut) and len(below) >= _PROSE)


def _headed(nodes: Sequence[Node]) -> int:
    return sum(node.entry.heading is not None and not node.entry.heading.opens for node in nodes)


def _is_over_prose(page: Page, node: Node, least: int = _PROSE) -> bool:
    heading = node.entry.heading
    if heading is None or not heading.opens or not node.entry.heads or node.children:
        return False
    below = page.view[page.lines[node.entry.line].end : node.end].strip()
    return len(below) >= least and not is_role_line(below.split("\n")[0])
