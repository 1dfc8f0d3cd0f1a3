"""Cells of a task table: where they stand, and which column a text belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.parsing.deadlines import deadline_in
from etl.parsing.names import is_body, names_in
from etl.parsing.page import Line
from etl.parsing.rules import rule, table

ROLES = ("责任", "牵头", "配合", "参与", "指导")
HEADER_WIDTH, _SHORT = 12, 20
_EDGE = re.compile(r"^[\s|]*|[\s|]*$")
"""White space and what is left of a table's lines beside a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's folded text and its place."""

    text: str
    start: int
    end: int


Row = dict[str, Cell]


def cells_of(line: Line) -> list[Cell]:
    """The cells of a line: between tabs, or between the upright strokes of a table."""
    if "|" not in line.text or "\t" in line.text:
        return _split(line.text, line.start, "\t")
    first = line.text.startswith("|")
    return _split(line.text[first:].removesuffix("|"), line.start + first, "|")


def _split(text: str, start: int, sign: str) -> list[Cell]:
    cells, at = [], start
    for raw in text.split(sign):
        cells.append(_cell(raw, at))
        at += len(raw) + 1
    return cells


def whole(line: Line) -> Cell:
    """A line that is one cell, the strokes at its edges left out."""
    return _cell(line.text, line.start)


def _cell(raw: str, start: int) -> Cell:
    text = _EDGE.sub("", raw)
    first = start + (raw.index(text) if text else 0)
    return Cell(text, first, first + len(text))


@lru_cache(1024)
def column_of(text: str) -> str | None:
    """The column that a header names.

    >>> column_of("责任单位"), column_of("民生之歌")
    ('责任', None)
    """
    squeezed = "".join(text.split())
    if len(squeezed) > HEADER_WIDTH:
        return None
    return next((r.field("column") for r in table("columns") if r.pattern.match(squeezed)), None)


def named_columns(columns: Sequence[str | None]) -> list[str]:
    """The columns of a header: one of an unknown name between number and bodies says what is to be done."""
    roles = [i for i, column in enumerate(columns) if column in ROLES]
    first = columns.index("serial") + 1 if "serial" in columns else len(columns)
    unknown = [i for i, column in enumerate(columns) if column is None and roles and first <= i < roles[0]]
    what = unknown[-1] if unknown and "task" not in columns and "aim" not in columns else -1
    return ["task" if i == what else column or "other" for i, column in enumerate(columns)]


def fits(text: str, column: str) -> bool:
    """Whether a cell may belong to a column.

    >>> fits("县水务局", "责任"), fits("12月底前", "deadline"), fits("新建2座桥。", "task")
    (True, True, True)
    >>> fits("新建2座桥。", "责任"), fits("县水务局", "task")
    (False, False)
    """
    if column in ROLES:
        return all(is_body(name.text) for name in names_in(text))
    if column == "deadline":
        return len(text) <= _SHORT and (deadline_in(text) is not None or _is_moment(text))
    if column == "other":
        return len(text) <= _SHORT and "。" not in text
    return not fits(text, "责任") and not fits(text, "deadline")


def _is_moment(text: str) -> bool:
    return rule("name_parts", "moment").pattern.search(text) is not None
