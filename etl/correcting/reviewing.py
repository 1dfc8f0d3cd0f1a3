"""Which rows wait for an editor before they reach a release."""

from __future__ import annotations

from collections.abc import Container

from etl.tables import Row, Rows

REVIEW_BELOW = 0.6
"""Rows of less confidence are released only after an editor's decision."""

REVIEWED = {"target": "target_id", "reported": "reported_id"}


def hold_back(rows: Rows, decided: Container[str]) -> list[Row]:
    """Move doubtful rows that nobody decided on out of the tables; returns them with `table` and `row_id`."""
    waiting: list[Row] = []
    for table, key in REVIEWED.items():
        doubtful = {r[key]: r for r in rows.get(table, []) if _is_doubtful(r) and r[key] not in decided}
        waiting += [{"table": table, "row_id": row_id, **r} for row_id, r in doubtful.items()]
        rows[table] = [r for r in rows.get(table, []) if r[key] not in doubtful]
    return waiting


def _is_doubtful(row: Row) -> bool:
    return bool(row["confidence"] < REVIEW_BELOW)
