"""Rows that an editor adds: the cells as JSON in `new`, the place by source and span."""

from __future__ import annotations

import json
from typing import Any

from etl.cells import canonical
from etl.claim import Claim, written_value
from etl.correcting.decision import Decision, typed
from etl.correcting.finding import source_id_of
from etl.declaration import Collection, Table
from etl.shelf import Shelf, Shelved
from etl.tables import Row
from etl.units import normalise


def added_row(decision: Decision, collection: Collection, rows: Shelf) -> tuple[Row, Claim]:
    """The new row, still without id, and its claim to one."""
    table = collection.table(decision.table)
    row: Row = dict.fromkeys(table.columns) | _defaults(table) | _cells(decision, table)
    if decision.source_sha256 and "notice_id" in row:
        row |= _place(decision, rows)
    if "normalised_value" in row:
        normalise(row, rows.get("unit", ()))
    return row, _claim(decision, collection, row)


def already_read(row: Row, others: Shelved) -> bool:
    """Whether the reading finds by now what was added by hand: the same value at an overlapping place."""
    if row.get("start") is None or row.get("end") is None:
        return False
    return any(
        other["start"] is not None
        and other["start"] < row["end"]
        and row["start"] < other["end"]
        and _value(other) == _value(row)
        for other in others.where("notice_id", row["notice_id"])
    )


def _cells(decision: Decision, table: Table) -> Row:
    try:
        given: dict[str, Any] = json.loads(decision.new)
        unknown = sorted(given.keys() - set(table.columns))
    except (ValueError, AttributeError) as error:
        raise decision.error('补录的内容（new）应当是一个 JSON 对象，如 {"name": "…"}。') from error
    if unknown:
        raise decision.error(f"表 {table.name} 没有列“{'、'.join(unknown)}”，请改正。")
    return {c: typed(decision, table.field(c), canonical(v)) for c, v in given.items()}


def _defaults(table: Table) -> Row:
    """What is true of every row that an editor adds."""
    known = {
        "origin": "added",
        "confidence": 1.0,
        "is_borderline": False,
        "is_conflicting": False,
        "status": "accepted",
    }
    return {c: v for c, v in known.items() if c in table.columns}


def _place(decision: Decision, rows: Shelf) -> Row:
    source = source_id_of(decision, rows)
    notice = next((n["notice_id"] for n in rows["notice"].where("source_id", source)), None)
    if notice is None or decision.start is None or decision.end is None:
        raise decision.error("这个来源没有现行的公文，或没有写起止，请核对。")
    found = rows["passage"].where("notice_id", notice)
    passages = [p for p in found if p["start"] <= decision.start < p["end"]]
    if not passages or decision.end > passages[0]["end"]:
        raise decision.error("起止不在同一个段落之内，请核对。")
    offset = passages[0]["start"]
    quote = passages[0]["text"][decision.start - offset : decision.end - offset]
    place = {"notice_id": notice, "start": decision.start, "end": decision.end, "quote": quote}
    return place | {"passage_id": passages[0]["passage_id"]}


def _claim(decision: Decision, collection: Collection, row: Row) -> Claim:
    proposal = decision.row_id or f"{row.get('notice_id') or collection.id_prefix}.{decision.correction_id.lower()}"
    if row.get("start") is None:
        return Claim(decision.table, proposal, label=decision.correction_id)
    place = (decision.source_sha256, row["start"], row["end"], row.get("quote") or "")
    return Claim(decision.table, proposal, *place, row.get("name") or "", _value(row))


def _value(row: Row) -> str:
    return written_value(row.get("value"), row.get("value_min"), row.get("value_max"), row.get("unit"))
