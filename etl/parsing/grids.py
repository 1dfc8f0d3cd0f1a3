"""Rows of task tables: lines of cells side by side, or every cell on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.parsing.cells import HEADER_WIDTH, ROLES, Cell, Row, cells_of, column_of, fits, named_columns, whole
from etl.parsing.page import Line, Page
from etl.parsing.rules import is_line_of, rule

_GROUP_LINES, _GROUP_WIDTH = 2, 200
"""How many lines without cells may stand between rows (一、教育), and how long a cell may be on average."""
_RULE = re.compile(r"[\s|:—-]*-[\s|:—-]*")
"""The line under a header in a table of strokes."""
_BEFORE = 3
"""Among how many lines below its header the first number of a table stands, behind the name of a group."""
_COLUMNS, _ROW_LINES = 12, 40
"""How many columns a table has at most, and how many lines a row whose cells hold several of them."""


def rows_of(page: Page) -> Iterator[Row]:
    """The rows of all task tables in the order of the text."""
    if not rule("hints", "serial").pattern.search(page.view):
        return
    lines, index = [line for line in page.lines if line.text.strip("| ")], 0
    while index < len(lines):
        if not _may_begin(lines[index].text):
            index += 1
            continue
        header, size = _header(lines, index)
        beside = len(cells_of(lines[index])) > 1
        index += max(size, 1)
        if not _is_task_table(header):
            continue
        rows = _side_by_side if beside else _stacked
        for row, used in rows(lines, index, header):
            index += used
            yield row


def _may_begin(line: str) -> bool:
    """Whether a line can begin a header: cells beside a serial number, or a column's name; most lines do neither."""
    if "\t" in line:
        return rule("hints", "serial").pattern.search(line) is not None
    return "|" in line or column_of(line) is not None


def _header(lines: Sequence[Line], index: int) -> tuple[list[str], int]:
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
        columns = _with_numbers(columns, [whole(line).text for line in lines[index + size : index + size + _BEFORE]])
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


def _is_task_table(header: Sequence[str]) -> bool:
    """A serial number, and a task column or a goal with a deadline."""
    content = "task" in header or ("aim" in header and "deadline" in header)
    return len(header) >= 3 and "serial" in header and content


def _side_by_side(lines: Sequence[Line], index: int, header: Sequence[str]) -> Iterator[tuple[Row, int]]:
    used, strange = 1, 0
    for line in lines[index:]:
        cells = cells_of(line)
        strange = strange + 1 if len(cells) < 2 else 0
        if strange > _GROUP_LINES or len(line.text) > _GROUP_WIDTH * len(header) or is_line_of("tail", line.text):
            return
        if cells and column_of(cells[0].text) == "serial":
            return
        row = {column: cell for column, cell in zip(header, cells, strict=False) if cell.text and column != "other"}
        if _is_row(row) and len(cells) <= len(header):
            yield row, used
            used = 0
        used += 1


def _stacked(lines: Sequence[Line], index: int, header: Sequence[str]) -> Iterator[tuple[Row, int]]:
    """Cells on lines of their own: each row starts with its number, and goes on to the next one."""
    ahead = range(index, min(index + _BEFORE, len(lines)))
    at = next((i for i in ahead if whole(lines[i]).text.isdigit()), index)
    number = whole(lines[at]).text if at < len(lines) else ""
    first = at - index
    while header[0] == "serial" and number.isdigit() and len(number) <= 3:
        number = str(int(number) + 1)
        size = _row_size(lines, at, number, len(header))
        row = _row([whole(line) for line in lines[at : at + size]], header)
        if not _is_row(row):
            return
        yield row, size + first
        at, first = at + size, 0
        if at >= len(lines) or whole(lines[at]).text != number:
            return


def _row_size(lines: Sequence[Line], at: int, following: str, least: int) -> int:
    """How many lines a row takes: up to the next number, the last one as many as there are columns."""
    ends = range(at + 1, min(at + _ROW_LINES, len(lines)))
    return next((end - at for end in ends if whole(lines[end]).text == following), least)


def _row(cells: Sequence[Cell], header: Sequence[str]) -> Row:
    """The cells by their column: as many as there are columns in their order, else by what they say."""
    if len(cells) == len(header) and all(fits(c.text, h) for c, h in zip(cells, header, strict=True) if h in ROLES):
        return {column: cell for column, cell in zip(header, cells, strict=True) if column != "other"}
    row, at = {"serial": cells[0]} if cells else {}, 1
    for cell in cells[1:]:
        fitting = next((i for i in range(at, len(header)) if fits(cell.text, header[i])), None)
        if fitting is None:
            break
        at, column = fitting, header[fitting]
        before = row.get(column)
        text = f"{before.text}{' ' * (cell.start - before.end)}{cell.text}" if before else cell.text
        row[column] = Cell(text, before.start if before else cell.start, cell.end)
    return {column: cell for column, cell in row.items() if column != "other"}


def _is_row(row: Row) -> bool:
    return row.get("serial", Cell("", 0, 0)).text.rstrip(".、").isdigit() and ("task" in row or "aim" in row)
