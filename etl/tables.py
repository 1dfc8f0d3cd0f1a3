"""Tables as CSV: typed rows to canonical text and back, so that equal rows are always equal bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.cells import canonical, expected, value_of
from etl.declaration import Field, Table
from etl.shelf import Row, Shelf, Shelved

__all__ = [
    "LEDGER",
    "Row",
    "Rows",
    "TableError",
    "canonical",
    "csv_lines",
    "csv_rows",
    "csv_text",
    "parse_cell",
    "read_csv",
    "read_tables",
    "rows_by",
    "sort_rows",
    "write_csv",
]

Rows = Mapping[str, Sequence[Row]]

LEDGER = frozenset({"release", "change"})
"""Tables that tell of releases, not of notices: their ids have no prefix and no content hash can cover them."""


class TableError(Exception):
    """A table that can't be read or written; the message is a sentence for people."""


def sort_rows(table: Table, rows: Iterable[Row]) -> Iterable[Row]:
    """Rows by primary key, text by code point: the order of every file and database."""
    return rows_by(table.primary_key, rows)


def rows_by(columns: Sequence[str], rows: Iterable[Row], only: Sequence[str] = ()) -> Iterable[Row]:
    """Rows in the order of some columns; of rows that are on the disk at least the columns `only`, one at a time."""
    if isinstance(rows, Shelved):
        return rows.by(columns, only)
    return sorted(rows, key=lambda row: rank(row, columns))


def rank(row: Row, columns: Sequence[str]) -> list[tuple[int, Any]]:
    """What rows are ordered by."""
    return [_rank(row.get(column)) for column in columns]


def write_csv(table: Table, rows: Iterable[Row], path: Path) -> None:
    """Write rows as UTF-8 with LF, a header, sorted by key; TableError where a value can't be written."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(table, rows))
    except OSError as error:
        raise TableError(f"{path} 写不进去（{error.strerror}）：请检查磁盘空间和权限后再试。") from error


def csv_text(table: Table, rows: Iterable[Row]) -> str:
    """The whole CSV file of a table as text."""
    return "".join(csv_lines(table, rows))


def csv_lines(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """The CSV file of a table row by row: what a row's cells hold may be several lines."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in sort_rows(table, rows):
        yield _taken(out)
        writer.writerow(_cells(table, row))
    yield _taken(out)


def read_csv(table: Table, path: Path) -> list[Row]:
    """Typed rows of a CSV file, in its order; TableError says file, line, column and what to do."""
    return list(csv_rows(table, path))


def csv_rows(table: Table, path: Path) -> Iterator[Row]:
    """The rows of a CSV file as `read_csv` gives them, one at a time."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _typed_rows(table, path, file)
    except FileNotFoundError as error:
        raise TableError(f"找不到 {path}：请放回这个文件，或从版本库中恢复。") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{path} 不是 UTF-8 编码（{_where_not(path)}）：请另存为 UTF-8 的 CSV。") from error
    except OSError as error:
        raise TableError(f"{path} 读不出来（{error.strerror}）：请检查文件和权限后再试。") from error


def read_tables(tables: Sequence[Table], folder: Path) -> Shelf:
    """The CSV files of these tables in a folder, on the shelf: a row at a time is in memory."""
    shelf = Shelf(tables)
    for table in tables:
        shelf[table.name].add(csv_rows(table, folder / f"{table.name}.csv"))
    return shelf


def parse_cell(field: Field, cell: str) -> Any:
    """The typed value of one cell, `None` where it is empty; TableError says what was expected."""
    try:
        return value_of(field.type, cell)
    except ValueError as error:
        said = f"“{field.title}”（{field.name}）写的是“{cell}”，应当是{expected(field.type)}"
        raise TableError(said) from error


def _taken(out: io.StringIO) -> str:
    """What was written, with LF for CRLF: the writer quotes a lone CR in a cell only where its line end holds one."""
    line = out.getvalue()
    out.seek(0)
    out.truncate()
    return line[:-2] + "\n"


def _rank(value: Any) -> tuple[int, Any]:
    """The order of SQLite: nothing, then numbers, then text by code point."""
    if value is None:
        return 0, 0
    return (1, value) if isinstance(value, int | float) else (2, str(value))


def _cells(table: Table, row: Row) -> list[str]:
    if unknown := row.keys() - set(table.columns):
        raise TableError(
            f"表 {table.name} 没有列 {'、'.join(sorted(unknown))}：请在 datapackage.yaml 中声明，或去掉它。"
        )
    try:
        return [_cell(row.get(column)) for column in table.columns]
    except ValueError as error:
        raise TableError(f"表 {table.name} 的行 {row.get(table.key)}：{error}。") from error


def _cell(value: Any) -> str:
    text = canonical(value)
    if "\x00" in text:
        raise ValueError("文字中有空字符（NUL），请删去后再试")
    return text


def _where_not(path: Path) -> str:
    """From which line on a file is not what it should be: the error itself counts from the piece that was read last."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                return f"第 {number} 行第 {error.start + 1} 个字节起"
    return "文件末尾"


def _typed_rows(table: Table, path: Path, lines: Iterable[str]) -> Iterator[Row]:
    reader = csv.reader(lines, strict=True)
    try:
        header = next(reader, [])
        _check_header(table, path, header)
        fields = [table.field(name) for name in header]
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                yield _typed_row(path, line, fields, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(f"{path} 第 {reader.line_num} 行的引号或分隔不合 CSV 的写法：请改正这一行。") from error


def _check_header(table: Table, path: Path, header: list[str]) -> None:
    wrong = [f"缺少列 {c}" for c in table.columns if c not in header]
    wrong += [f"多出列 {c or '（空）'}" for c in header if c not in table.columns]
    wrong += [f"列 {c} 出现了不止一次" for c in dict.fromkeys(header) if header.count(c) > 1]
    if wrong:
        raise TableError(f"{path} 第 1 行{'，'.join(wrong)}：表头应当是 {','.join(table.columns)}。")


def _typed_row(path: Path, line: int, fields: list[Field], cells: list[str]) -> Row:
    if len(cells) != len(fields):
        raise TableError(f"{path} 第 {line} 行有 {len(cells)} 格，应有 {len(fields)} 格：请检查逗号和引号。")
    return {f.name: _typed_cell(path, line, f, cell) for f, cell in zip(fields, cells, strict=True)}


def _typed_cell(path: Path, line: int, field: Field, cell: str) -> Any:
    try:
        return parse_cell(field, cell)
    except TableError as error:
        raise TableError(f"{path} 第 {line} 行{error}：请改正这一格。") from error
