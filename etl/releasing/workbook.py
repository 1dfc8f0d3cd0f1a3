"""The whole collection as one XLSX file: what it is, the dictionary of columns, a sheet a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from etl.declaration import Collection, Table
from etl.tables import Row, Rows

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
_CUT = "……（超出表格软件单元格的上限，全文见 CSV）"
_LONGEST_NAME = 31
_DICTIONARY = ("表", "表名", "列", "列名", "类型", "单位", "必填", "允许的值", "说明", "Title", "Description")


def write_workbook(collection: Collection, rows: Rows, released_on: str, path: Path) -> None:
    """Write the workbook; its date is the release's, so that the same rows give the same bytes."""
    # Imported here: only releases need it.
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as book:
        created = datetime.fromisoformat(released_on).replace(tzinfo=UTC)
        book.set_properties({"title": collection.title, "created": created.replace(tzinfo=None)})
        header = book.add_format({"bold": True, "text_wrap": False, "bg_color": "#E8EEF4"})
        _sheet(book, "说明", [], _about(collection, rows, released_on), header)
        _sheet(book, "数据字典", list(_DICTIONARY), _dictionary(collection), header)
        for table in collection.tables:
            data = islice(rows.get(table.name, ()), MOST_ROWS)
            cells = ([row[column] for column in table.columns] for row in data)
            _sheet(book, _name(table), list(table.columns), cells, header)


def _sheet(book: Any, name: str, head: list[str], rows: Iterable[list[Any]], header: Any) -> None:
    sheet = book.add_worksheet(name)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, header)
    if head:
        sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1 if head else 0):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        text = str(value)
        sheet.write_string(row, column, text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(_CUT)] + _CUT)


def _about(collection: Collection, rows: Rows, released_on: str) -> list[list[Any]]:
    said = collection.descriptor
    facts = [
        ["名称", collection.title],
        ["Title", collection.title_en],
        ["版本 Version", collection.version],
        ["发布日期 Released on", released_on],
        ["说明", said.get("description", "")],
        ["Description", said.get("description_en", "")],
    ]
    facts += [["许可 Licence", f"{one.get('title', '')} {one.get('path', '')}"] for one in said.get("licenses", ())]
    facts.append(["表", "行数", "说明"])
    return facts + [[_name(t), *_extent(rows.get(t.name, ())), t.description] for t in collection.tables]


def _extent(rows: Sequence[Row]) -> list[Any]:
    if len(rows) <= MOST_ROWS:
        return [len(rows)]
    return [f"{len(rows)}（表格软件只容 {MOST_ROWS} 行，全部见 CSV 或 Parquet）"]


def _dictionary(collection: Collection) -> list[list[Any]]:
    return [
        [
            *(table.title, table.name, field.title, field.name, field.type, field.unit),
            *("是" if field.required else "", "、".join(str(v) for v in field.constraints.get("enum", ()))),
            *(field.description, field.title_en, field.description_en),
        ]
        for table in collection.tables
        for field in table.fields
    ]


def _name(table: Table) -> str:
    """A sheet's name as spreadsheets allow it."""
    return table.name[:_LONGEST_NAME]
