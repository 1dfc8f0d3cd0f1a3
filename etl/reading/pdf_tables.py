"""Ruled tables of a PDF: their cells by pdfplumber, the text in them by pdfium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from etl.reading.grids import Cell, Grid
from etl.reading.layout import join

_NEAR = 2.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its box (left, bottom, right, top, from the lower left corner) and its cells."""

    box: Box
    grid: Grid


def tables_of(plumber_page: Any, text_in: Callable[[Box], str]) -> list[Table]:
    """The tables of a page that have rows and columns; a frame around text is none."""
    height = float(plumber_page.height)
    found = []
    for table in plumber_page.find_tables():
        boxes = sorted({tuple(map(float, cell)) for cell in table.cells}, key=lambda b: (b[1], b[0]))
        columns, rows = _edges(boxes, 0), _edges(boxes, 1)
        if len(columns) > 1 and len(rows) > 1:
            grid = Grid.of(_rows(boxes, columns, rows, height, text_in))
            left, top, right, bottom = map(float, table.bbox)
            found.append(Table((left, height - bottom, right, height - top), grid))
    return found


def _edges(boxes: list[Any], axis: int) -> list[float]:
    """Where cells begin along an axis, what is nearly one place counted once."""
    edges: list[float] = []
    for edge in sorted(box[axis] for box in boxes):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges


def _rows(
    boxes: list[Any], columns: list[float], rows: list[float], height: float, text_in: Callable[[Box], str]
) -> list[list[Cell]]:
    cells: list[list[Cell]] = [[] for _ in rows]
    for left, top, right, bottom in boxes:
        text = join(text_in((left, height - bottom, right, height - top)).splitlines())
        down = sum(top - _NEAR < edge < bottom - _NEAR for edge in rows)
        across = sum(left - _NEAR < edge < right - _NEAR for edge in columns)
        row = max(i for i, edge in enumerate(rows) if edge <= top + _NEAR)
        cells[row].append(Cell(text, rows=max(down, 1), columns=max(across, 1)))
    return cells
