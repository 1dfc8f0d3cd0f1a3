"""Tables of targets: one indicator a row, one year a column, cells parted by tabs or each on its own line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.extracting.cells import Cell, Column, column_of, headers, lines_of
from etl.extracting.rulebook import unit_words

_VALUE = re.compile(
    r"(?:\(|\[|〔|（)?(?P<sign>≥|>=|≤|<=|>|<|＞|＜|约|超过|不低于|不超过)?(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:[-~～—–](?P<high>\d+(?:\.\d+)?))?(?P<unit>[^\d\s以左]{0,6}?)(?P<after>以上|以下|以内|左右)?(?:\)|\]|〕|）)?"
)
_SIGNS = {
    **dict.fromkeys(("≥", ">=", "不低于", "以上"), ">="),
    **dict.fromkeys(("≤", "<=", "不超过", "以下", "以内"), "<="),
    **dict.fromkeys((">", "＞", "超过"), ">"),
    **dict.fromkeys(("<", "＜"), "<"),
    **dict.fromkeys(("约", "左右"), "~"),
}
_UNIT_IN_NAME = re.compile(r"^(?P<name>.+?)[（(](?P<unit>[^（()）]{1,8})[）)]$")
_WIDEST = 8
_LONGEST_CELL = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A value read in a table, with the name and unit that its row and column give it."""

    name: Cell
    unit: str
    value: float | None
    low: float | None
    high: float | None
    sign: str
    cell: Cell
    column: Column
    number: tuple[int, int]


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
    lines, tables, at = lines_of(text), [], 0
    while at < len(lines):
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


def _tabbed(lines: list[list[Cell]], at: int) -> tuple[Table | None, int]:
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


def _stacked(lines: list[list[Cell]], at: int) -> tuple[Table | None, int]:
    """A table of which every cell stands on a line of its own."""
    read: list[Column] = []
    while at + len(read) < len(lines) and len(read) < _WIDEST:
        column = column_of(lines[at + len(read)][0].text)
        if column is None:
            break
        read.append(column)
    if len(read) < 3 or not _is_header(read):
        return None, 1
    columns = _as_namecolumn_of(read)
    rows, used = _stacked_rows([line[0] for line in lines[at + len(read) :]], columns)
    end = at + len(read) + used
    return _table(columns, rows, lines[at][0].start, lines[end - 1][-1].end), end - at


def _stacked_rows(cells: list[Cell], columns: list[Column]) -> tuple[list[list[Cell]], int]:
    """Rows cut out of a run of cells; a line that fits no row ends the table or is a group's heading."""
    rows, at, width = [], 0, len(columns)
    while at + width <= len(cells):
        row = cells[at : at + width]
        if _fits(row, columns):
            rows.append(row)
            at += width
        elif rows and width > 1 and _fits(cells[at + 1 : at + 1 + width], columns) and len(cells[at].text) <= 12:
            at += 1
        else:
            break
    return rows, at


def _fits(row: list[Cell], columns: list[Column]) -> bool:
    if len(row) < len(columns) or any(len(cell.text) > _LONGEST_CELL for cell in row):
        return False
    numbers = [cell for cell, column in zip(row, columns, strict=True) if column.role in ("year", "aim", "base")]
    names = [cell for cell, column in zip(row, columns, strict=True) if column.role == "name"]
    return any(_VALUE.fullmatch(cell.text) for cell in numbers) and not _VALUE.fullmatch(names[0].text)


def _table(columns: list[Column], rows: list[list[Cell]], start: int, end: int) -> Table | None:
    entries = tuple(entry for row in rows for entry in _entries(row, columns))
    return Table(entries, tuple(columns), start, end) if entries else None


def _entries(row: list[Cell], columns: list[Column]) -> Iterator[Entry]:
    pairs = list(zip(row, columns, strict=True))
    name = next(cell for cell, column in pairs if column.role == "name")
    unit = next((cell.text for cell, column in pairs if column.role == "unit"), "")
    inside = _UNIT_IN_NAME.match(name.text)
    if inside and not unit and _known(inside["unit"]):
        unit, name = inside["unit"], Cell(inside["name"], name.start, name.end)
    for cell, column in pairs:
        found = _VALUE.fullmatch(cell.text) if column.role in ("year", "aim", "base", "growth") else None
        measure = "%" if column.role == "growth" else unit or (found["unit"] if found else "")
        if found and measure and name.text and not (found["unit"] and not _known(found["unit"])):
            yield _entry(name, measure, found, cell, column)


def _known(unit: str) -> bool:
    token = unit_words().at(unit, 0) or unit_words().before(unit, len(unit))
    return token is not None


def _entry(name: Cell, unit: str, found: re.Match[str], cell: Cell, column: Column) -> Entry:
    value = float(found["value"].replace(",", ""))
    high = float(found["high"]) if found["high"] else None
    sign = _SIGNS.get(found["sign"] or found["after"] or "", "=")
    shift = cell.end - cell.start - len(cell.text)
    first = cell.start + found.start("value")
    number = (first, first + len(found["value"])) if not shift else (cell.start, cell.end)
    low = value if high is not None else None
    return Entry(name, unit, None if high is not None else value, low, high, sign, cell, column, number)
