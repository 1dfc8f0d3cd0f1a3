"""Finds the row that a decision is about: by its id, or by its source and span."""

from __future__ import annotations

from collections.abc import Callable

from etl.correcting.decision import Decision
from etl.declaration import Collection
from etl.shelf import Shelf
from etl.tables import Row

Known = Callable[[str], str | None]
"""The status of an id that was ever given; None for one that never was."""


def find_row(decision: Decision, collection: Collection, rows: Shelf, known: Known) -> Row | None:
    """The row; None where it was once there; CorrectionError where it never was."""
    if decision.row_id:
        found = rows[decision.table].where(collection.table(decision.table).key, decision.row_id)
        if not found and known(decision.row_id) is None:
            raise decision.error(f"表 {decision.table} 从来没有编号 {decision.row_id}，请核对编号。")
    else:
        found = [r for r in _near(decision, collection, rows) if _stands_there(decision, r)]
    if len(found) > 1:
        raise decision.error("这一处有不止一行，请改用编号指明。")
    return found[0] if found else None


def _near(decision: Decision, collection: Collection, rows: Shelf) -> list[Row]:
    """The rows of the table that stand in the source or in its notice."""
    if decision.start is None or not decision.source_sha256:
        raise decision.error("既没有编号，也没有来源和起止，请补上其一。")
    source, table = source_id_of(decision, rows), collection.table(decision.table)
    if "source_id" in table.columns:
        return rows[table.name].where("source_id", source)
    if "notice_id" not in table.columns:
        return []
    notices = [n["notice_id"] for n in rows["notice"].where("source_id", source)]
    return [row for notice in notices for row in rows[table.name].where("notice_id", notice)]


def _stands_there(decision: Decision, row: Row) -> bool:
    end = row["end"] if "end" in row else (row.get("start") or 0) + (row.get("length") or 0)
    return (row.get("start"), end) == (decision.start, decision.end)


def source_id_of(decision: Decision, rows: Shelf) -> str:
    """The id of the source that a decision names; CorrectionError where there is none."""
    found = rows["source"].where("sha256", decision.source_sha256)
    if not found:
        raise decision.error(f"没有校验值为 {decision.source_sha256 or '（空）'} 的来源，请核对。")
    return str(found[0]["source_id"])
