"""What is checked: a collection's rows and the folder in which they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from etl.checking.problem import Problem
from etl.declaration import Collection, Table
from etl.tables import Row, Rows

_TEXTS_KEPT = 64


class PublicTexts(Mapping[str, str]):
    """The texts in a folder by source id: read when they are asked for, the last few kept."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.stem: file for file in sorted(folder.glob("*.txt"))}
        self._read = lru_cache(_TEXTS_KEPT)(self._text)

    def __getitem__(self, source_id: str) -> str:
        return self._read(source_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def _text(self, source_id: str) -> str:
        return self._files[source_id].read_bytes().decode("utf-8")


@dataclass(frozen=True)
class Subject:
    """Rows and the same rows written in a folder with `datapackage.json`, `data/` and `sources/`."""

    collection: Collection
    rows: Rows
    folder: Path

    @cached_property
    def texts(self) -> PublicTexts:
        """The masked texts as published, by source id, line ends as they are."""
        return PublicTexts(self.folder / "sources")

    @cached_property
    def source_of(self) -> dict[Any, Any]:
        """The source id of every notice."""
        return {row["notice_id"]: row["source_id"] for row in self.rows.get("notice", ())}

    def text_of(self, row: Row) -> str | None:
        """The text that a row's offsets count in, by its notice or its source."""
        return self.texts.get(row.get("source_id") or self.source_of.get(row.get("notice_id"), ""))

    def each(self, *columns: str) -> Iterator[tuple[Table, Row]]:
        """Every row of the tables that have all of these columns."""
        for table in self.collection.tables:
            if set(columns) <= set(table.columns):
                yield from ((table, row) for row in self.rows.get(table.name, ()))


def problem(check: str, table: Table, row: Row, column: str, message: str) -> Problem:
    """A problem of one row, named by its key."""
    return Problem(table.name, str(row.get(table.key)), column, message, check)
