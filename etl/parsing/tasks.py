"""Tasks with their bodies: those of their own, those of their chapter, those of a task table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from etl.document import Task
from etl.parsing.bodies import bodies_in, is_role_line
from etl.parsing.endings import ends_of
from etl.parsing.items import items_of, task_of
from etl.parsing.outline import Node, grouped, trimmed
from etl.parsing.page import Page
from etl.parsing.ruling import FirstLeads
from etl.parsing.sentences import Named
from etl.parsing.tables import table_tasks


def tasks_of(page: Page, nodes: Sequence[Node], ruling: FirstLeads | None) -> tuple[tuple[Task, ...], list[Named]]:
    """The tasks in the order of the text, and every body that one of them names, with its place."""
    items = items_of(page, nodes)
    shared, closed = _shared(page, items, ruling)
    ends = ends_of(page, items) | closed
    tasks, named = [], list[Named]()
    for node in items:
        end = ends[node.entry.start]
        start = node.entry.text_start
        own = bodies_in(page.view[start:end], start, ruling)
        bodies = own or [*shared.get(_group(node), []), *_in_heading(page, node, ruling)]
        tasks.append(task_of(page, node, end, bodies))
        named += bodies
    rows, in_rows = table_tasks(page, ruling)
    free = [_placed(page, nodes, row) for row in _apart(rows, tasks)]
    return tuple(sorted([*tasks, *free], key=lambda t: t.start)), [*named, *in_rows]


def _apart(rows: Sequence[Task], tasks: Sequence[Task]) -> list[Task]:
    """The rows that no task overlaps; both are in the order of the text."""
    starts = [task.start for task in tasks]
    kept = []
    for row in rows:
        index = bisect_left(starts, row.end)
        if index == 0 or tasks[index - 1].end <= row.start:
            kept.append(row)
    return kept


def _placed(page: Page, nodes: Sequence[Node], row: Task) -> Task:
    """A row with the number of the chapter that it stands in."""
    within = [n for n in nodes if n.is_chapter and n.entry.start <= row.start and row.end <= n.end]
    number = page.quote(within[-1].entry.start, within[-1].entry.mark_end) if within else ""
    return replace(row, chapter=number or None)


def _group(node: Node) -> int:
    """What the bodies of a chapter's last line are shared by: the items of one parent."""
    return node.parent.entry.start if node.parent else -1


def _shared(
    page: Page, items: Sequence[Node], ruling: FirstLeads | None
) -> tuple[dict[int, list[Named]], dict[int, int]]:
    """Bodies named on a line of their own at a chapter's end, and where the item above that line then ends."""
    shared, ends = dict[int, list[Named]](), dict[int, int]()
    for (key, _), members in grouped(items).items():
        start = _closing_line(page, members[-1])
        if key < 0 or len(members) < 2 or start is None or _any_named(page, members[:-1], ruling):
            continue
        shared[key] = bodies_in(page.view[start : members[-1].end], start, ruling)
        ends[members[-1].entry.start] = trimmed(page, members[-1].entry.text_start, start)
    return shared, ends


def _closing_line(page: Page, node: Node) -> int | None:
    """Where the role lines at the end of an item begin, if it ends in such lines."""
    lines = page.view[node.entry.text_start : node.end].splitlines(keepends=True)
    start = node.end
    found = None
    for line in reversed(lines[1:]):
        start -= len(line)
        if line.strip() and not is_role_line(line.strip()):
            break
        found = start if line.strip() else found
    return found


def _any_named(page: Page, nodes: Sequence[Node], ruling: FirstLeads | None) -> bool:
    return any(bodies_in(page.view[n.entry.text_start : n.end], n.entry.text_start, ruling) for n in nodes)


def _in_heading(page: Page, node: Node, ruling: FirstLeads | None) -> list[Named]:
    """Bodies in brackets behind the title of the chapter that the item stands in."""
    above = node.chapter
    if above is None or above.entry.heading is None:
        return []
    start, end = above.entry.heading.end, page.lines[above.entry.line].end
    text = page.view[start:end]
    return bodies_in(text, start, ruling) if text.lstrip().startswith(("(", "〔", "【")) else []
