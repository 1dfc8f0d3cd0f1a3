"""Finds the row that a decision is about: by its id, or by its source and span."""

from __future__ import annotations

from collections.abc import Callable

from etl.correcting.decision import Decision
from etl.declaration import Collection
from etl.tables import Row, Rows

Known = Callable[[str], str | None]
"""The status of an id that was ever given; None for one that never was."""


def find_row(decision: Decision, collection: Collection, rows: Rows, known: Known) -> Row | None:
    """The row; None where it was once there; CorrectionError where it never was."""
    if decision.row_id:
        key = collection.table(decision.table).key
        found = [r for r in rows[decision.table] if str(r[key]) == decision.row_id]
        if not found and known(decision.row_id) is None:
            raise decision.error(f"表 {decision.table} 从来没有编号 {decision.row_id}，请核对编号。")
    else:
        found = [r for r in rows[decision.table] if _stands_there(decision, r, rows)]
    if len(found) > 1:
        raise decision.error("这一处有不止一行，请改用编号指明。")
    return found[0] if found else None


def _stands_there(decision: Decision, row: Row, rows: Rows) -> bool:
    if decision.start is None or not decision.source_sha256:
        raise decision.error("既没有编号，也没有来源和起止，请补上其一。")
    source = source_id_of(decision, rows)
    notices = {n["notice_id"] for n in rows["notice"] if n["source_id"] == source}
    end = row["end"] if "end" in row else row.get("start", 0) + row.get("length", 0)
    at_place = (row.get("start"), end) == (decision.start, decision.end)
    return at_place and (row.get("notice_id") in notices or row.get("source_id") == source)


def source_id_of(decision: Decision, rows: Rows) -> str:
    """The id of the source that a decision names; CorrectionError where there is none."""
    found = next((r["source_id"] for r in rows["source"] if r["sha256"] == decision.source_sha256), None)
    if found is None:
        raise decision.error(f"没有校验值为 {decision.source_sha256 or '（空）'} 的来源，请核对。")
    return str(found)
