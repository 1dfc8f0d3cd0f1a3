"""Task tables: rows as lines of tab-separated cells, or every cell on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.document import Body, Task
from etl.parsing.names import Name, names_in
from etl.parsing.page import Line, Page
from etl.parsing.rules import is_line_of, rule, table
from etl.parsing.ruling import FirstLeads, with_roles
from etl.parsing.sentences import Named

_GROUP_LINES, _GROUP_WIDTH = 2, 200
"""How many lines without cells may stand between rows (一、教育), and how long a cell may be on average."""

_ROLES = ("责任", "牵头", "配合", "参与", "指导")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's folded text and its place."""

    text: str
    start: int
    end: int


Row = dict[str, Cell]


def table_tasks(page: Page, ruling: FirstLeads | None) -> tuple[list[Task], list[Named]]:
    """The rows of all task tables, and the bodies named in them."""
    tasks, named = [], list[Named]()
    for row in _rows(page):
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
    for role in _ROLES:
        names: list[Name] = names_in(row[role].text, row[role].start) if role in row else []
        named += with_roles(names, role, ruling)
    return sorted(named, key=lambda n: n.name.start)


def _rows(page: Page) -> Iterator[Row]:
    index = 0 if rule("hints", "serial").pattern.search(page.view) else len(page.lines)
    while index < len(page.lines):
        header, size = _header(page.lines, index)
        index += max(size, 1)
        if not _is_task_table(header):
            continue
        cells = _tabbed if "\t" in page.lines[index - 1].text else _stacked
        for row, used in cells(page.lines, index, header):
            index += used
            yield row


def _header(lines: Sequence[Line], index: int) -> tuple[list[str], int]:
    """The columns that a line, or a run of one-cell lines, names, and how many lines they take."""
    line = lines[index]
    if "\t" in line.text:
        columns = [_column(cell.text) or "other" for cell in _cells(line)]
        return columns, 1
    columns, at = [], index
    while at < len(lines) and at - index < 12 and (column := _column(lines[at].text)):
        columns.append(column)
        at += 1
    return columns, at - index


def _is_task_table(header: Sequence[str]) -> bool:
    """A serial number, and a task column or a goal with a deadline."""
    content = "task" in header or ("aim" in header and "deadline" in header)
    return len(header) >= 3 and "serial" in header and content


@lru_cache(1024)
def _column(text: str) -> str | None:
    if len(text) > 12:
        return None
    squeezed = "".join(text.split())
    return next((r.field("column") for r in table("columns") if r.pattern.match(squeezed)), None)


def _cells(line: Line) -> list[Cell]:
    cells, at = [], line.start
    for raw in line.text.split("\t"):
        text = raw.strip()
        start = at + len(raw) - len(raw.lstrip())
        cells.append(Cell(text, start, start + len(text)))
        at += len(raw) + 1
    return cells


def _tabbed(lines: Sequence[Line], index: int, header: Sequence[str]) -> Iterator[tuple[Row, int]]:
    used, strange = 1, 0
    for line in lines[index:]:
        cells = _cells(line)
        strange = strange + 1 if len(cells) < 2 else 0
        if strange > _GROUP_LINES or len(line.text) > _GROUP_WIDTH * len(header) or is_line_of("tail", line.text):
            return
        if cells and _column(cells[0].text) == "serial":
            return
        row = {column: cell for column, cell in zip(header, cells, strict=False) if cell.text and column != "other"}
        if _is_row(row) and len(cells) <= len(header):
            yield row, used
            used = 0
        used += 1


def _stacked(lines: Sequence[Line], index: int, header: Sequence[str]) -> Iterator[tuple[Row, int]]:
    """Cells on lines of their own: a row has as many lines as there are columns, and starts with its number."""
    at, number = index, 1
    while at + len(header) <= len(lines):
        cells = [Cell(line.text, line.start, line.end) for line in lines[at : at + len(header)]]
        row = {column: cell for column, cell in zip(header, cells, strict=True) if column != "other"}
        if not _is_row(row) or row["serial"].text != str(number):
            return
        yield row, len(header)
        at, number = at + len(header), number + 1


def _is_row(row: Row) -> bool:
    return row.get("serial", Cell("", 0, 0)).text.rstrip(".、").isdigit() and ("task" in row or "aim" in row)
