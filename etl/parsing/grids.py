"""Rows of task tables: lines of cells side by side, or every cell on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.parsing.cells import ROLES, Cell, Row, cells_of, column_of, fits, whole
from etl.parsing.columns import FIRST_WITHIN, header_at, is_task_table, may_begin
from etl.parsing.page import Line, Page
from etl.parsing.rules import is_line_of, rule

_GROUP_LINES, _GROUP_WIDTH = 2, 200
"""How many lines without cells may stand between rows (一、教育), and how long a cell may be on average."""
_ROW_LINES = 40
"""How many lines a row takes at most whose cells hold several of them."""


def rows_of(page: Page) -> Iterator[Row]:
    """The rows of all task tables in the order of the text."""
    if not rule("hints", "serial").pattern.search(page.view):
        return
    lines, index = [line for line in page.lines if line.text.strip("| ")], 0
    while index < len(lines):
        if not may_begin(lines[index].text):
            index += 1
            continue
        header, size = header_at(lines, index)
        beside = len(cells_of(lines[index])) > 1
        index += max(size, 1)
        if not is_task_table(header):
            continue
        rows = _side_by_side if beside else _stacked
        for row, used in rows(lines, index, header):
            index += used
            yield row


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
    ahead = range(index, min(index + FIRST_WITHIN, len(lines)))
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
