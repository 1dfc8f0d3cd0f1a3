"""Writes the files of a build: tables as CSV, the descriptor, the masked text of every source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from etl.declaration import Collection
from etl.releasing.descriptor import write_descriptor
from etl.tables import Rows, TableError, write_csv

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def write_files(collection: Collection, rows: Rows, texts: Mapping[str, str], folder: Path) -> None:
    """Write `data/*.csv`, `datapackage.json` and `sources/*.txt` into an empty folder."""
    if unknown := sorted(rows.keys() - collection.by_name.keys()):
        raise TableError(f"{collection.name} 没有声明表 {'、'.join(unknown)}：请在 datapackage.yaml 中声明，或去掉它。")
    (folder / "data").mkdir()
    for table in collection.tables:
        write_csv(table, rows.get(table.name, []), folder / "data" / f"{table.name}.csv")
    write_descriptor(collection, rows, folder)
    (folder / "sources").mkdir()
    for source_id, text in texts.items():
        _write_text(folder / "sources", source_id, text)


def _write_text(folder: Path, source_id: str, text: str) -> None:
    if not _SAFE.fullmatch(source_id):
        raise TableError(f"来源编号“{source_id}”不能用作文件名：只可用英文字母、数字、点和连字符。")
    (folder / f"{source_id}.txt").write_bytes(text.encode("utf-8"))
