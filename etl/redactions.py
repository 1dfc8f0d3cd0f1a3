"""What was taken down after publication: `redactions.csv` names the place and the reason, never the value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from etl.declaration import Field, Table
from etl.tables import csv_text, read_csv

FILE = "redactions.csv"
_NUMBERS = ("start", "end")


@dataclass(frozen=True)
class Redaction:
    """A span of a source that is masked in every release from the day of the decision on."""

    redaction_id: str
    source_sha256: str
    start: int
    end: int
    kind: str
    reason_text: str
    by: str
    at: str

    @property
    def public(self) -> dict[str, Any]:
        """What a package says of it."""
        told = {"redaction_id": self.redaction_id, "source_sha256": self.source_sha256, "start": self.start}
        return told | {
            "length": self.end - self.start,
            "kind": self.kind,
            "reason_text": self.reason_text,
            "at": self.at,
        }


TABLE = Table(
    *(FILE, FILE, FILE, "", ""),
    tuple(Field(f.name, "integer" if f.name in _NUMBERS else "string", f.name, f.name) for f in fields(Redaction)),
    ("redaction_id",),
)


def read_redactions(folder: Path) -> tuple[Redaction, ...]:
    """What is taken down in a collection, in the order of the decisions."""
    path = folder / FILE
    return tuple(Redaction(**row) for row in read_csv(TABLE, path)) if path.exists() else ()


def redactions_text(redactions: Sequence[Redaction]) -> str:
    """The list as CSV."""
    return csv_text(TABLE, [asdict(one) for one in redactions])


def applying(folder: Path, count: int) -> list[dict[str, Any]]:
    """What a package says of the last `count` decisions: those that were made after it was published."""
    return [one.public for one in read_redactions(folder)[-count:]] if count else []
