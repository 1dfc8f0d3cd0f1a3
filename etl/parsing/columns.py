"""Headers of task tables: which columns a line, two lines or a run of one-cell lines name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parsing.cells import HEADER_WIDTH, ROLES, Cell, cells_of, column_of, named_columns, whole
from etl.parsing.page import Line
from etl.parsing.rules import rule

_COLUMNS = 12
"""How many columns a table has at most."""
_RULE = re.compile(r"[\s|:—-]*-[\s|:—-]*")
"""The line under a header in a table of strokes."""
FIRST_WITHIN = 3
"""Among how many lines below its header the first number of a table stands, behind the name of a group."""


def may_begin(line: str) -> bool:
    """Whether a line can begin a header: cells beside a serial number, or a column's name; most lines do neither."""
    if "\t" in line:
        return rule("hints", "serial").pattern.search(line) is not None
    return "|" in line or column_of(line) is not None


def header_at(lines: Sequence[Line], index: int) -> tuple[list[str], int]:
    """The columns that a line, or a run of one-cell lines, names, and how many lines they take."""
    cells = cells_of(lines[index])
    if len(cells) > 1:
        at = index + 2 if index + 1 < len(lines) and _RULE.fullmatch(lines[index + 1].text) else index + 1
        under = _under(cells, cells_of(lines[at])) if at < len(lines) else []
        return named_columns(under or [column_of(cell.text) for cell in cells]), at + 1 - index if under else 1
    columns: list[str | None] = []
    for at in range(index, min(index + _COLUMNS, len(lines))):
        column = column_of(whole(lines[at]).text)
        if column is None and not _stands_between(lines, at, columns):
            break
        columns.append(column)
    size = len(columns)
    if "serial" not in columns and any(column in ROLES for column in columns):
        below = [whole(line).text for line in lines[index + size : index + size + FIRST_WITHIN]]
        columns = _with_numbers(columns, below)
    return named_columns(columns), size


def _with_numbers(columns: Sequence[str | None], below: Sequence[str]) -> list[str | None]:
    """The columns of a header that leaves the numbers out: they stand before the last column of what is to be done."""
    tasks = [i for i, column in enumerate(columns) if column in ("task", "aim")]
    return ["serial", *columns[tasks[-1] :]] if tasks and "1" in below else list(columns)


def _under(cells: Sequence[Cell], below: Sequence[Cell]) -> list[str | None]:
    """The columns of a header whose second line parts one of its cells: 责任分工 over 牵头单位 and 配合单位."""
    columns = [column_of(cell.text) for cell in cells]
    parts = [column_of(cell.text) for cell in below if cell.text]
    first = next((i for i, cell in enumerate(cells[:-1]) if cell.text and not cells[i + 1].text), None)
    fits_in = first is not None and not any(cell.text for cell in cells[first + 1 : first + len(parts)])
    if first is None or not fits_in or len(parts) < 2 or any(part not in ROLES for part in parts):
        return []
    return [*columns[:first], *parts, *columns[first + len(parts) :]]


def _stands_between(lines: Sequence[Line], at: int, columns: Sequence[str | None]) -> bool:
    """Whether a line of an unknown name stands between a column and the next one."""
    following = at + 1 < len(lines) and column_of(whole(lines[at + 1]).text)
    return bool(columns and columns[-1] and following) and len(lines[at].text) <= HEADER_WIDTH


def is_task_table(header: Sequence[str]) -> bool:
    """A serial number, and a task column or a goal with a deadline."""
    content = "task" in header or ("aim" in header and "deadline" in header)
    return len(header) >= 3 and "serial" in header and content
