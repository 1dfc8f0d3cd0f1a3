"""Small records made by hand."""

from __future__ import annotations

from typing import Any

from etl.assembling.taken import Noticed, Taken
from etl.document import Document, Extraction, Notice, Parsed, Quantity
from etl.tables import Row

SHA = "a" * 64
NOTHING = Parsed(Notice())


def source(**cells: Any) -> Row:
    """A row of `sources.csv`."""
    row = {"file": "notice.txt", "url": None, "sha256": SHA, "captured_at": "2026-11-20T00:00:00Z"}
    row |= {"media_type": "text/plain", "encoding": "utf-8", "path_on": None, "replaced_by": None, "note": None}
    return row | cells


def taken(document: Document | str, parsed: Parsed = NOTHING, **more: Any) -> Taken:
    """A source that was read."""
    document = Document(document) if isinstance(document, str) else document
    row = source(**{c: more.pop(c) for c in ("sha256", "file", "replaced_by", "path_on") if c in more})
    return Taken(row, document, parsed, more.pop("extraction", Extraction()), **more)


def noticed(document: Document | str, parsed: Parsed = NOTHING, **more: Any) -> Noticed:
    """A notice with the id `x-1`."""
    return Noticed("x-1", taken(document, parsed, **more))


def quantity(text: str, quote: str, name: str, value: float | None = None, **more: Any) -> Quantity:
    """A quantity whose quote stands in the text."""
    start = text.index(quote)
    same: dict[str, Any] = dict.fromkeys(("subject_qualifier", "bound", "value_min", "value_max", "unit", "baseline"))
    same |= {"comparator": "=", "year": None, "flags": (), "task": None, "confidence": 0.9, "rules": ("r",)}
    same |= {"number_start": start, "number_end": start + len(quote), "end": start + len(quote)}
    return Quantity(name=name, value=value, quote=quote, start=start, **(same | more))
