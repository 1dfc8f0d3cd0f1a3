"""Ids that earlier releases had and this one has not, from the changes between them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from etl.releasing.declared import TABLE
from etl.releasing.noted import Noted
from etl.releasing.recorded import Recorded


def withdrawals(recorded: Sequence[Recorded], noted: Sequence[Noted]) -> list[dict[str, Any]]:
    """One entry an id that went and did not come back: table, reason, successor, the version, the last that has it."""
    parents = {one.version: one.parent for one in recorded}
    gone: dict[str, dict[str, Any]] = {}
    for one in noted:
        change = one.change
        if change.table == TABLE or change.column:
            continue
        if change.came:
            gone.pop(change.row, None)
        elif change.went:
            told = {"table": change.table, "reason": one.reason, "successor": one.successor}
            versions = {"version": one.version, "last_version": parents[one.version]}
            gone[change.row] = {"id": change.row, **told, **versions}
    return [gone[row] for row in sorted(gone)]


def withdrawals_text(entries: Sequence[dict[str, Any]]) -> str:
    """The file `withdrawn.json`."""
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
