"""Tables of targets: one indicator a row, one year a column, cells parted by tabs or each on its own line."""

from __future__ import annotations

from dataclasses import dataclass

from etl.extracting.cells import Cell, Column, Sheet, column_of, goes_on, headers
from etl.extracting.entries import VALUED, Entry, entries_of, is_value

_WIDEST = 8
_LONGEST_CELL = 40


@dataclass(frozen=True, slots=True)
class Table:
    """The values of a table and the span that it takes in the text."""

    entries: tuple[Entry, ...]
    columns: tuple[Column, ...]
    start: int
    end: int


def find_tables(text: str) -> list[Table]:
    """Every table of targets in a text."""
    if "\t" not in text and not any(line.strip() in headers() for line in text.split("\n")):
        return []
    lines, tables, at = Sheet(text), [], 0
    while at < len(lines):
        if not lines.may_begin(at):
            at += 1
            continue
        table, used = _tabbed(lines, at) if len(lines[at]) > 2 else _stacked(lines, at)
        if table:
            tables.append(table)
        at += max(used, 1)
    return tables


def _is_header(columns: list[Column]) -> bool:
    roles = [column.role for column in columns]
    numbers = [role for role in roles if role in ("year", "aim", "base")]
    return "name" in roles and bool(numbers) and ("unit" in roles or len(numbers) > 1 or "other" in roles)


def _as_namecolumn_of(columns: list[Column]) -> list[Column]:
    """目标 beside 指标 means the aim; where no 指标 stands, the first name-like column is the name."""
    names = [place for place, column in enumerate(columns) if column.role == "name"]
    return [Column("other") if c.role == "name" and place not in names[-1:] else c for place, c in enumerate(columns)]


def _tabbed(lines: Sheet, at: int) -> tuple[Table | None, int]:
    """A table whose rows are lines of tab-parted cells."""
    read = [column_of(cell.text) or Column("other") for cell in lines[at]]
    if not _is_header(read):
        return None, 1
    columns, rows, end = _as_namecolumn_of(read), [], at + 1
    while end < len(lines) and len(lines[end]) > 1:
        if len(lines[end]) == len(columns):
            rows.append(lines[end])
        end += 1
    return _table(columns, rows, lines[at][0].start, lines[end - 1][-1].end), end - at


def _stacked(lines: Sheet, at: int) -> tuple[Table | None, int]:
    """A table of which every cell stands on a line of its own."""
    read, used = _stacked_header(lines, at)
    if len(read) < 3 or not _is_header(read):
        return None, 1
    columns = _as_namecolumn_of(read)
    rows, taken = _stacked_rows(lines, at + used, columns)
    end = at + used + taken
    return _table(columns, rows, lines[at][0].start, lines[end - 1][-1].end), end - at


def _stacked_header(lines: Sheet, at: int) -> tuple[list[Column], int]:
    """The columns that a run of header cells names, and the lines that it takes."""
    read: list[Column] = []
    used = 0
    while at + used < len(lines) and len(read) < _WIDEST:
        text = lines[at + used][0].text
        column = column_of(text)
        if column is None and not (read and goes_on(text)):
            break
        read += [column] if column else []
        used += 1
    return read, used


def _stacked_rows(lines: Sheet, first: int, columns: list[Column]) -> tuple[list[list[Cell]], int]:
    """Rows cut out of a run of lines; a line that fits no row ends the table or is a group's heading."""
    rows, at, width = [], first, len(columns)
    while at + width <= len(lines):
        row = lines.column(at, width)
        if _fits(row, columns):
            rows.append(row)
            at += width
        elif rows and width > 1 and _fits(lines.column(at + 1, width), columns) and len(row[0].text) <= 12:
            at += 1
        else:
            break
    return rows, at - first


def _fits(row: list[Cell], columns: list[Column]) -> bool:
    if len(row) < len(columns) or any(len(cell.text) > _LONGEST_CELL for cell in row):
        return False
    pairs = list(zip(row, columns, strict=True))
    numbers = [cell for cell, column in pairs if column.role in VALUED]
    names = [cell for cell, column in pairs if column.role == "name"]
    return any(is_value(cell.text) for cell in numbers) and not is_value(names[0].text)


def _table(columns: list[Column], rows: list[list[Cell]], start: int, end: int) -> Table | None:
    entries = tuple(entry for row in rows for entry in entries_of(row, columns))
    return Table(entries, tuple(columns), start, end) if entries else None
