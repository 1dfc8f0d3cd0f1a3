"""The committed ledger `releases.csv`: every release, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from etl.declaration import Field, Table
from etl.tables import Row, csv_text, read_csv

FILE = "releases.csv"
_NUMBERS = ("counter", "redactions")


@dataclass(frozen=True)
class Recorded:
    """One release: what it holds (`content_hash`, `declaration_hash`) and the version that it was compared with."""

    version: str
    released_on: str
    counter: int
    content_hash: str
    declaration_hash: str
    parent: str | None = None
    redactions: int = 0
    summary_text: str | None = None


TABLE = Table(
    *(FILE, FILE, FILE, "", ""),
    tuple(Field(f.name, "integer" if f.name in _NUMBERS else "string", f.name, f.name) for f in fields(Recorded)),
    ("counter",),
)


def read_recorded(folder: Path) -> tuple[Recorded, ...]:
    """The releases that a collection's folder records; none where there is no ledger yet."""
    path = folder / FILE
    rows = read_csv(TABLE, path) if path.exists() else []
    return tuple(sorted((Recorded(**row) for row in rows), key=lambda r: r.counter))


def recorded_text(recorded: Sequence[Recorded]) -> str:
    """The ledger as CSV."""
    return csv_text(TABLE, [asdict(one) for one in recorded])


def release_rows(table: Table, recorded: Sequence[Recorded]) -> list[Row]:
    """The rows of the table `release`, as far as the collection declares its columns."""
    return [{c: v for c, v in asdict(one).items() if c in table.columns} for one in recorded]
