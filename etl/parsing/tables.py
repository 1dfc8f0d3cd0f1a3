"""Tasks that stand in the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from etl.document import Body, Task
from etl.parsing.brackets import Name
from etl.parsing.cells import ROLES, Row
from etl.parsing.grids import rows_of
from etl.parsing.names import names_in
from etl.parsing.page import Page
from etl.parsing.ruling import FirstLeads, with_roles
from etl.parsing.sentences import Named


def table_tasks(page: Page, ruling: FirstLeads | None) -> tuple[list[Task], list[Named]]:
    """The rows of all task tables, and the bodies named in them."""
    tasks, named = [], list[Named]()
    for row in rows_of(page):
        bodies = _bodies(row, ruling)
        named += bodies
        tasks.append(_task(page, row, bodies))
    return tasks, named


def _task(page: Page, row: Row, bodies: Sequence[Named]) -> Task:
    cell, when = row.get("task") or row["aim"], row.get("deadline")
    return Task(
        number=row["serial"].text,
        chapter=None,
        heading=page.quote(cell.start, cell.end)[:60].split("。")[0],
        text=page.quote(cell.start, cell.end),
        bodies=tuple(Body(page.quote(n.name.start, n.name.end), n.role) for n in bodies),
        deadline=page.quote(when.start, when.end) if when else None,
        start=cell.start,
        end=cell.end,
    )


def _bodies(row: Row, ruling: FirstLeads | None) -> list[Named]:
    named: list[Named] = []
    for role in ROLES:
        names: list[Name] = names_in(row[role].text, row[role].start) if role in row else []
        named += with_roles(names, role, ruling)
    return sorted(named, key=lambda n: n.name.start)
