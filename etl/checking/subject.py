"""What is checked: a collection's rows and the folder in which they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from etl.checking.problem import Problem
from etl.declaration import Collection, Table
from etl.tables import Row, Rows


@dataclass(frozen=True)
class Subject:
    """Rows in memory and the same rows written in a folder with `datapackage.json`, `data/` and `sources/`."""

    collection: Collection
    rows: Rows
    folder: Path

    @cached_property
    def texts(self) -> dict[str, str]:
        """The masked texts as published, by source id, line ends as they are."""
        files = sorted((self.folder / "sources").glob("*.txt"))
        return {file.stem: file.read_bytes().decode("utf-8") for file in files}

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
