"""Sources and what was held back in them."""

from __future__ import annotations

from collections.abc import Sequence

from etl.assembling.taken import Draft, Taken, settle
from etl.claim import Claim, Ids
from etl.document import Held
from etl.tables import Row


def source_rows(taken: Sequence[Taken], prefix: str, ids: Ids) -> list[Row]:
    """A row for each captured source; `replaced_by` becomes the id of the later capture."""
    claims = [Claim("source", f"{prefix}-src-{t.sha256[:10]}", t.sha256) for t in taken]
    by_sha = dict(zip((t.sha256 for t in taken), ids.match(claims), strict=True))
    return [_source(t, by_sha) for t in taken]


def _source(taken: Taken, by_sha: dict[str, str]) -> Row:
    read = {"is_masked": bool(taken.document.held), "encoding": taken.document.encoding}
    later = by_sha.get(taken.source["replaced_by"] or "")
    return {"source_id": by_sha[taken.sha256], **taken.source, **read, "replaced_by": later}


def quarantine_rows(taken: Sequence[Taken], source_ids: dict[str, str], ids: Ids) -> list[Row]:
    """What was held back and what editors released: kind, reason and place, never the value."""
    return settle(ids, "quarantine_id", [d for t in taken for d in _held(t, source_ids[t.sha256])])


def _held(taken: Taken, source_id: str) -> list[Draft]:
    return [_quarantine(taken, source_id, n, held) for n, held in enumerate(taken.found, 1)]


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
