"""Tables: cells with their spans put on a grid, rendered row by row, each cell knowing its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.reading.layout import Layout

_MAX_SPAN = 200
_MAX_COLUMNS = 500
_MAX_HEADER = 60
_MAX_HEADER_ROWS = 4


@dataclass(slots=True)
class Cell:
    """A cell: its text in one line, what it spans, and whether the source calls it a header."""

    text: str
    rows: int = 1
    columns: int = 1
    is_header: bool = False
    row: int = 0
    column: int = 0


@dataclass
class Grid:
    """A table's cells in their places; a merged cell stands once, where it begins."""

    cells: list[list[Cell]] = field(default_factory=list)
    width: int = 0

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]]) -> Grid:
        """Place the cells of each row in the columns that cells from above leave free."""
        grid, free_from = cls(), dict[int, int]()
        for r, row in enumerate(rows):
            column = 0
            for cell in row:
                while free_from.get(column, 0) > r:
                    column += 1
                cell.row, cell.column = r, column
                cell.rows = min(cell.rows, len(rows) - r)
                cell.columns = min(cell.columns, _MAX_SPAN, max(_MAX_COLUMNS - column, 1))
                free_from.update(dict.fromkeys(range(column, column + cell.columns), r + cell.rows))
                column += cell.columns
                grid.width = max(grid.width, column)
            grid.cells.append(list(row))
        return grid

    def header_rows(self) -> range:
        """The rows that name the columns: all header cells, or the first row after a caption, as deep as its cells."""
        first = 1 if self.cells and self._is_caption(self.cells[0]) and len(self.cells) > 1 else 0
        if first >= len(self.cells) or not self.cells[first]:
            return range(first, first)
        depth = max(cell.rows for cell in self.cells[first])
        while first + depth < len(self.cells) and self._all_headers(first + depth):
            depth += 1
        return range(first, min(first + min(depth, _MAX_HEADER_ROWS), len(self.cells)))

    def _is_caption(self, row: list[Cell]) -> bool:
        return len(row) == 1 and row[0].columns >= self.width > 1

    def _all_headers(self, r: int) -> bool:
        return bool(self.cells[r]) and all(cell.is_header for cell in self.cells[r])

    def header(self, column: int) -> str:
        """A column's name, from the top down: 目标值/2020年."""
        names = [
            cell.text
            for r in self.header_rows()
            for cell in self.cells[r]
            if cell.column <= column < cell.column + cell.columns and cell.text
        ]
        return "/".join(dict.fromkeys(names))[:_MAX_HEADER]


def render(grid: Grid, layout: Layout, number: int, path: str = "") -> None:
    """Add a table to a layout: a row a line, a tab between columns, the header in each cell's place."""
    headers = {column: grid.header(column) for column in range(grid.width)}
    body = grid.header_rows().stop
    for r, row in enumerate(grid.cells):
        at = 0
        for cell in sorted(row, key=lambda c: c.column):
            if cell.column > at:
                layout.add("\t" * (cell.column - at), "")
            header = headers.get(cell.column, "") if r >= body else ""
            layout.add(cell.text, _place(cell, number, header, path), "cell")
            at = cell.column
        layout.add("\n", "")


def _place(cell: Cell, number: int, header: str, path: str) -> str:
    """Where a cell stands: `table 1 row 2 col 3 (指标)`, merged cells as `row 2-4`."""
    row = f"{cell.row + 1}" if cell.rows == 1 else f"{cell.row + 1}-{cell.row + cell.rows}"
    column = f"{cell.column + 1}" if cell.columns == 1 else f"{cell.column + 1}-{cell.column + cell.columns}"
    named = f" ({header})" if header else ""
    return f"table {number} row {row} col {column}{named}" + (f" in {path}" if path else "")
