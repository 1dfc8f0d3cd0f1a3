"""What people keep in a collection's folder besides its declaration: sources, vocabulary, values, decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from etl.declaration import Collection, Field, Table
from etl.tables import Row, read_csv

SOURCES = "sources.csv"
CORRECTIONS = "corrections.csv"
REPORTED = "reported"
SOURCE_COLUMNS = ("file", "url", "sha256", "captured_at", "media_type", "encoding", "path_on", "replaced_by", "note")
_VALUE_COLUMNS = (
    *("indicator_id", "name", "year", "region_code", "comparator", "value", "value_min", "value_max", "unit"),
    *("source_text", "source_url", "read_on", "note"),
)
_KIND = Field("kind", "string", "类别", "Kind")
_CORRECTION_COLUMNS = (
    *("correction_id", "action", "table", "row_id", "source_sha256", "start", "end"),
    *("column", "old", "new", "reason", "evidence", "by", "at", "request"),
)
_WHOLE_NUMBERS = ("start", "end")
_KEPT = {"lookup": f"{REPORTED}/lookup.csv", "progress": "progress.csv"}


@dataclass(frozen=True)
class Inputs:
    """The curated rows of a collection, typed; a file that isn't there is an empty table."""

    sources: list[Row] = field(default_factory=list)
    corrections: list[Row] = field(default_factory=list)
    values: list[Row] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    """The tables that are taken as they are: vocabulary, lookup, progress."""


def read_inputs(collection: Collection) -> Inputs:
    """All that people keep in the collection's folder; TableError says in words what is wrong."""
    folder = folder_of(collection)
    reported = sorted(p for p in (folder / REPORTED).glob("*.csv") if p.stem not in collection.by_name)
    return Inputs(
        sources=read_sources(collection),
        corrections=_optional(correction_table(), folder / CORRECTIONS),
        values=[row for path in reported for row in read_csv(_value_table(collection), path)],
        tables={t.name: rows for t in collection.tables if (rows := _as_kept(folder, t))},
    )


def folder_of(collection: Collection) -> Path:
    """The folder in which the collection is kept."""
    assert collection.folder is not None, "a collection that was published, not kept in a folder"
    return collection.folder


def read_sources(collection: Collection) -> list[Row]:
    """The rows of `sources.csv`."""
    return _optional(source_table(collection), folder_of(collection) / SOURCES)


def source_table(collection: Collection) -> Table:
    """The columns of `sources.csv`: those of the table `source` that people know."""
    return _table(SOURCES, "file", [collection.table("source").field(c) for c in SOURCE_COLUMNS])


def correction_table() -> Table:
    """The columns of `corrections.csv`."""
    types = {c: "integer" if c in _WHOLE_NUMBERS else "string" for c in _CORRECTION_COLUMNS}
    return _table(CORRECTIONS, "correction_id", [Field(c, t, c, c) for c, t in types.items()])


def _value_table(collection: Collection) -> Table:
    return _table(REPORTED, "name", [_KIND, *(collection.table("reported").field(c) for c in _VALUE_COLUMNS)])


def _table(name: str, key: str, columns: list[Field]) -> Table:
    return Table(name, name, name, "", "", tuple(columns), (key,))


def _as_kept(folder: Path, table: Table) -> list[Row]:
    place = table.curated or _KEPT.get(table.name)
    return _optional(table, folder / place) if place else []


def _optional(table: Table, path: Path) -> list[Row]:
    return read_csv(table, path) if path.exists() else []
