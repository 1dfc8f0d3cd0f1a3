"""Targets and reported values that notices state."""

from __future__ import annotations

from collections.abc import Iterable

from etl.assembling.indicators import Catalogue
from etl.assembling.regions import Regions
from etl.assembling.slugs import initials
from etl.assembling.taken import Draft, Noticed, innermost
from etl.claim import written_value
from etl.document import Quantity
from etl.tables import Row

_BORDERLINE, _REPEATED = "borderline", "dup"


def stated(quantities: Iterable[Quantity]) -> list[Quantity]:
    """The quantities without those that the text only states again: a row counts once."""
    return [q for q in quantities if _REPEATED not in q.flags]


def targets(noticed: Noticed, catalogue: Catalogue, regions: Regions) -> list[Draft]:
    """The promises of a notice."""
    once = stated(noticed.taken.extraction.targets)
    return [_draft(noticed, "target", q, catalogue, regions) for q in once]


def reported(noticed: Noticed, catalogue: Catalogue, regions: Regions) -> list[Draft]:
    """The past facts that a notice tells."""
    once = stated(noticed.taken.extraction.reported)
    return [_draft(noticed, "reported", q, catalogue, regions) for q in once]


def _draft(noticed: Noticed, table: str, quantity: Quantity, catalogue: Catalogue, regions: Regions) -> Draft:
    indicator = catalogue.indicator_of(quantity)
    slug = catalogue.slug(indicator) if indicator else initials(quantity.name)
    suffix = slug if table == "target" else f"{slug}-{table}"
    region, note = regions.region_of(quantity.subject_qualifier)
    row = (
        _columns(quantity)
        | _place(noticed, quantity)
        | {"indicator_id": indicator, "region_code": region, "note": note}
    )
    if table == "target":
        row["is_borderline"] = _BORDERLINE in quantity.flags
    written = written_value(quantity.value, quantity.value_min, quantity.value_max, quantity.unit)
    claim = noticed.claim(table, suffix, quantity.start, quantity.end, quantity.name, written)
    return Draft(row, claim)


def _place(noticed: Noticed, quantity: Quantity) -> Row:
    task = innermost(noticed.tasks, quantity.number_start)
    passage = innermost(noticed.passages, quantity.start)
    return {
        "notice_id": noticed.notice_id,
        "task_id": task and task["task_id"],
        "passage_id": passage and passage["passage_id"],
        "quote": noticed.taken.masked[quantity.start : quantity.end],
        "start": quantity.start,
        "end": quantity.end,
    }


def _columns(quantity: Quantity) -> Row:
    same = ("name", "subject_qualifier", "comparator", "bound", "value", "value_min", "value_max", "unit", "baseline")
    return {
        **{column: getattr(quantity, column) for column in same},
        "wording_text": quantity.wording,
        "normalised_value": quantity.normalised_value,
        "normalised_unit": quantity.normalised_unit,
        "year": quantity.year,
        "flags_text": " ".join(quantity.flags) or None,
        "confidence": quantity.confidence,
        "rules_text": " ".join(quantity.rules) or None,
        "origin": "extracted",
    }
