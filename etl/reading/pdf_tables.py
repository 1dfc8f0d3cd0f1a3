"""Ruled tables of a PDF: cells found by pdfplumber's way of crossing lines, the text in them by pdfium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from etl.reading.grids import Cell, Grid
from etl.reading.layout import join
from etl.reading.pdf_rules import MAX_EDGES, Edge

_NEAR = 2.0
_SNAP = 3.0
_MAX_CROSSINGS = 4000

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its box (left, bottom, right, top, from the lower left corner) and its cells."""

    box: Box
    grid: Grid


def tables_of(edges: list[Edge], height: float, text_in: Callable[[Box], str]) -> list[Table] | None:
    """The tables that the lines of a page make, frames around text left out; none where the lines are too many."""
    # Slow to import, and most documents draw no lines.
    from pdfplumber import table as plumber

    merged = plumber.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    if len(merged) > MAX_EDGES:
        return None
    crossings = plumber.edges_to_intersections(merged, _SNAP, _SNAP)
    if len(crossings) > _MAX_CROSSINGS:
        return None
    groups = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    return [table for cells in groups if (table := _table(cells, height, text_in))]


def _table(cells: list[Any], height: float, text_in: Callable[[Box], str]) -> Table | None:
    boxes = sorted({tuple(map(float, cell)) for cell in cells}, key=lambda b: (b[1], b[0]))
    columns, rows = _starts(boxes, 0), _starts(boxes, 1)
    if len(columns) < 2 or len(rows) < 2:
        return None
    grid = Grid.of(_rows(boxes, columns, rows, height, text_in))
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return Table((left, height - bottom, right, height - top), grid)


def _starts(boxes: list[Any], axis: int) -> list[float]:
    """Where cells begin along an axis, what is nearly one place counted once."""
    starts: list[float] = []
    for start in sorted(box[axis] for box in boxes):
        if not starts or start - starts[-1] > _NEAR:
            starts.append(start)
    return starts


def _rows(
    boxes: list[Any], columns: list[float], rows: list[float], height: float, text_in: Callable[[Box], str]
) -> list[list[Cell]]:
    cells: list[list[Cell]] = [[] for _ in rows]
    for left, top, right, bottom in boxes:
        text = join(text_in((left, height - bottom, right, height - top)).splitlines())
        down = sum(top - _NEAR < start < bottom - _NEAR for start in rows)
        across = sum(left - _NEAR < start < right - _NEAR for start in columns)
        row = max(i for i, start in enumerate(rows) if start <= top + _NEAR)
        cells[row].append(Cell(text, rows=max(down, 1), columns=max(across, 1)))
    return cells
