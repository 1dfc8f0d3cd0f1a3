"""What the parser proposes to mend; the text as published stays."""

from __future__ import annotations

from etl.assembling.taken import Draft, Noticed
from etl.tables import Row


def repairs(noticed: Noticed) -> list[Draft]:
    """The repairs that a notice's reading proposes; where nothing is to be changed the place is only flagged."""
    return [
        Draft(
            _row(noticed, r.rule, r.before, r.after, r.reason)
            | {"confidence": r.confidence, "start": r.start, "end": r.end},
            noticed.claim("repair", f"r{n:02}", r.start, r.end, label=r.rule, value=r.after),
        )
        for n, r in enumerate(noticed.taken.parsed.repairs, 1)
    ]


def _row(noticed: Noticed, rule: str, before: str, after: str, reason: str) -> Row:
    return {
        "notice_id": noticed.notice_id,
        "rule": rule,
        "before_text": before,
        "after_text": after,
        "reason_text": reason,
        "status": "flagged" if before == after else "proposed",
    }
