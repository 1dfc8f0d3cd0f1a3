"""Sources and what was held back in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.assembling.taken import Draft, Taken
from etl.claim import Claim, Ids
from etl.document import Held
from etl.tables import Row


def identify(sources: Sequence[Row], prefix: str, ids: Ids) -> dict[str, str]:
    """The id of each captured source by its checksum."""
    shas = [str(row["sha256"]) for row in sources]
    return dict(zip(shas, ids.match([Claim("source", f"{prefix}-src-{sha[:10]}", sha) for sha in shas]), strict=True))


def source_row(taken: Taken, source_ids: Mapping[str, str]) -> Row:
    """The row of a captured source; `replaced_by` becomes the id of the later capture."""
    read = {"is_masked": bool(taken.document.held), "encoding": taken.document.encoding}
    later = source_ids.get(taken.source["replaced_by"] or "")
    return {"source_id": source_ids[taken.sha256], **taken.source, **read, "replaced_by": later}


def held(taken: Taken, source_id: str) -> list[Draft]:
    """What was held back and what editors released: kind, reason and place, never the value."""
    return [_quarantine(taken, source_id, n, span) for n, span in enumerate(taken.found, 1)]


def _quarantine(taken: Taken, source_id: str, number: int, held: Held) -> Draft:
    row: Row = {
        "source_id": source_id,
        "kind": held.kind,
        "reason_text": held.reason,
        "rule": held.rule,
        "line": taken.document.text.count("\n", 0, held.start) + 1,
        "start": held.start,
        "length": held.end - held.start,
        "status": "released" if held in taken.released else "held",
    }
    proposal = f"{source_id}.q{number:02}"
    return Draft(row, Claim("quarantine", proposal, taken.sha256, held.start, held.end, label=held.rule))
