"""The tracker: targets with what was reported for them, and how many are in which state."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from portal.published import Published, PublishedCollection, Row
from portal.published.sections import everywhere, tracker

STATES = ("reported", "not_found", "open")


def targets(published: Published, **filters: Any) -> list[Row]:
    """The targets that pass the filters of `tracker.targets`, each with its `reported` values; newest year first."""
    rows = everywhere(published, partial(tracker.targets, **filters))
    return sorted(map(_with_reported, rows), key=lambda r: -(r["year"] or 0))


def targets_in(served: PublishedCollection, **filters: Any) -> list[Row]:
    """The same in one collection, in the order of its text."""
    return [_with_reported(r) for r in tracker.targets(served, **filters)]


def counts(published: Published, year: int | None = None) -> dict[str, int]:
    """How many targets there are, by state; `doubtful` are among them."""
    rows = everywhere(published, partial(tracker.states, year=year))
    by_state = {s: sum(r["number"] for r in rows if r["state"] == s) for s in STATES}
    doubtful = sum(r["number"] for r in rows if r["is_borderline"])
    return {"total": sum(by_state.values()), "doubtful": doubtful, **by_state}


def years(published: Published) -> list[dict[str, int]]:
    """Years with the number of their targets and of the notices that plan for them, the newest first."""
    merged: dict[int, dict[str, int]] = {}
    for row in everywhere(published, tracker.years):
        year = merged.setdefault(row["year"], {"year": row["year"], "targets": 0, "notices": 0})
        year["targets"] += row["targets"]
        year["notices"] += row["notices"]
    return [merged[y] for y in sorted(merged, reverse=True)]


def latest_plan(published: Published) -> int | None:
    """The newest year that a notice plans for."""
    return next((y["year"] for y in years(published) if y["notices"]), None)


def _with_reported(row: Row) -> Row:
    reported = json.loads(row.pop("reported_json"))
    return {**row, "reported": sorted(reported, key=lambda r: r["reported_id"])}
