"""Rows that people keep: older targets, values reported elsewhere, lookups and progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from etl.assembling.slugs import initials
from etl.assembling.taken import Draft, settle
from etl.claim import Claim, Ids, written_value
from etl.tables import Row
from etl.units import normalise


def curated_rows(kind: str, values: Sequence[Row], units: Sequence[Row], prefix: str, ids: Ids) -> list[Row]:
    """The curated targets or reported values, with their numbers in base units."""
    drafts = [_draft(kind, v, units, prefix) for v in values if v["kind"] == kind]
    return settle(ids, f"{kind}_id", drafts)


def keep_ids(ids: Ids, table: str, key: str, rows: Sequence[Row]) -> None:
    """Record the ids that people gave to the rows of a table."""
    for row in rows:
        ids.keep(table, row[key], [row[key]])


def _draft(kind: str, value: Row, units: Sequence[Row], prefix: str) -> Draft:
    row = {column: v for column, v in value.items() if column != "kind"}
    row |= {"origin": "curated", "confidence": 1.0}
    normalise(row, units)
    if kind == "target":
        row["is_borderline"] = False
    return Draft(row, _claim(kind, value, prefix))


def _claim(kind: str, value: Row, prefix: str) -> Claim:
    subject = value["indicator_id"] or f"{prefix}-{initials(value['name'])}"
    slug = "-".join(str(part).lower() for part in (value["year"], value["region_code"]) if part) or "undated"
    proposal = f"{subject}.{slug}" if kind == "reported" else f"{subject}.{kind}-{slug}"
    written = written_value(value["value"], value["value_min"], value["value_max"], value["unit"])
    return Claim(kind, proposal, quote=value["source_text"] or "", label=proposal, value=written)


def mark_conflicts(rows: Iterable[Row]) -> Iterator[Row]:
    """Reported values, gone through twice, with `is_conflicting` where another gives the same thing another number."""
    first: dict[tuple[object, ...], object] = {}
    conflicting = {
        _subject(row)
        for row in rows
        if row["indicator_id"] is not None and first.setdefault(_subject(row), _number(row)) != _number(row)
    }
    for row in rows:
        yield {**row, "is_conflicting": _subject(row) in conflicting}


def _subject(row: Row) -> tuple[object, ...]:
    is_change = row["comparator"] in ("increase_by", "decrease_by")
    unit = row.get("normalised_unit") or row["unit"]
    return (row["indicator_id"], row["year"], row["region_code"], is_change, unit)


def _number(row: Row) -> object:
    value = row.get("normalised_value")
    return (row["value"] if value is None else value, row["value_min"], row["value_max"])
