"""Values in tables: the cell read as sign, number and unit, with the name and unit that its row gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.extracting.cells import Cell, Column
from etl.extracting.rulebook import unit_words

VALUE = re.compile(
    r"(?:\(|\[|〔|（)?(?P<sign>≥|>=|≤|<=|>|<|＞|＜|约|超过|不低于|不超过)?(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:[-~～—–](?P<high>\d+(?:\.\d+)?))?(?P<unit>[^\d\s以左.、]{0,6}?)(?P<after>以上|以下|以内|左右)?(?:\)|\]|〕|）)?"
)
_SIGNS = {
    **dict.fromkeys(("≥", ">=", "不低于", "以上"), ">="),
    **dict.fromkeys(("≤", "<=", "不超过", "以下", "以内"), "<="),
    **dict.fromkeys((">", "＞", "超过"), ">"),
    **dict.fromkeys(("<", "＜"), "<"),
    **dict.fromkeys(("约", "左右"), "~"),
}
_UNIT_IN_NAME = re.compile(r"^(?P<name>.+?)[（(](?P<unit>[^（()）]{1,8})[）)]$")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[）)]|[①-⑳*▲★])+|[*▲★]+$")
_DIRECTIONS = {"降低": "decrease_by", "下降": "decrease_by", "减少": "decrease_by", "增长": "increase_by"}
VALUED = frozenset(("year", "aim", "base", "growth"))


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
    change: str = ""


def is_value(text: str) -> bool:
    """Whether a cell holds nothing but a value.

    >>> is_value("≥62.5"), is_value("[0.88]"), is_value("森林覆盖率")
    (True, True, False)
    """
    return bool(VALUE.fullmatch(text))


def entries_of(row: list[Cell], columns: list[Column]) -> Iterator[Entry]:
    """Every value of a row."""
    pairs = list(zip(row, columns, strict=True))
    name = _plain_name(next(cell for cell, column in pairs if column.role == "name"))
    unit = next((cell.text for cell, column in pairs if column.role == "unit"), "")
    inside = _UNIT_IN_NAME.match(name.text)
    if inside and not unit and _known(inside["unit"]):
        unit, name = inside["unit"], Cell(inside["name"], name.start, name.end)
    name, change = _directed(name)
    for cell, column in pairs:
        found = VALUE.fullmatch(cell.text) if column.role in VALUED else None
        measure = _measure(unit or (found["unit"] if found else ""), cell, column)
        if found and measure and name.text and not (found["unit"] and not _known(found["unit"])):
            yield _entry(name, measure, found, cell, column, change)


def _plain_name(cell: Cell) -> Cell:
    """A name without the number of its row and without footnote marks."""
    return Cell(_NUMBERING.sub("", cell.text), cell.start, cell.end)


def _directed(name: Cell) -> tuple[Cell, str]:
    """单位能耗降低 is a fall of 单位能耗."""
    word = next((w for w in _DIRECTIONS if name.text.endswith(w) and len(name.text) > len(w) + 2), "")
    return Cell(name.text.removesuffix(word), name.start, name.end), _DIRECTIONS.get(word, "")


def _is_sum(cell: Cell) -> bool:
    """Whether a value is a sum over the years, as brackets say."""
    return cell.text[:1] in "[〔【"


def _measure(unit: str, cell: Cell, column: Column) -> str:
    """The unit of a value: of a growth per cent, of a sum over the years the row's, in points where that is a share."""
    if column.role != "growth":
        return unit
    if not _is_sum(cell):
        return "%"
    return "个百分点" if unit == "%" else unit


def _known(unit: str) -> bool:
    token = unit_words().at(unit, 0) or unit_words().before(unit, len(unit))
    return token is not None


def _entry(name: Cell, unit: str, found: re.Match[str], cell: Cell, column: Column, change: str) -> Entry:
    value = float(found["value"].replace(",", ""))
    high = float(found["high"]) if found["high"] else None
    sign = _SIGNS.get(found["sign"] or found["after"] or "", "=")
    shift = cell.end - cell.start - len(cell.text)
    first = cell.start + found.start("value")
    number = (first, first + len(found["value"])) if not shift else (cell.start, cell.end)
    low = value if high is not None else None
    growth = column.role == "growth"
    change = change or ("increase_by" if growth else "")
    unit = "%" if growth and change == "decrease_by" and unit == "个百分点" else unit
    return Entry(name, unit, None if high is not None else value, low, high, sign, cell, column, number, change)
