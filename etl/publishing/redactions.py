"""What was taken down after publication: `redactions.csv` names the place and the reason, never the value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from etl.declaration import Field, Table
from etl.document import Held
from etl.tables import csv_text, read_csv

FILE = "redactions.csv"
RULE = "redaction"
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


def held_by_source(folder: Path) -> dict[str, list[Held]]:
    """What was taken down, as spans that reading holds back, by the checksum of the source."""
    found: dict[str, list[Held]] = {}
    for one in read_redactions(folder):
        found.setdefault(one.source_sha256, []).append(Held(one.start, one.end, one.kind, one.reason_text, RULE))
    return found


def redactions_text(redactions: Sequence[Redaction]) -> str:
    """The list as CSV."""
    return csv_text(TABLE, [asdict(one) for one in redactions])
