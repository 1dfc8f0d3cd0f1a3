"""The order of the stages: the one place that knows it.

capture → read → parse → extract → correct → check → release → serve
"""

from __future__ import annotations

from dataclasses import dataclass

from etl.document import Document, Extraction, Parsed
from etl.extracting import extract
from etl.parsing import parse
from etl.reading import read


@dataclass(frozen=True)
class Reading:
    """All that was read out of one source: a pure function of its bytes."""

    document: Document
    parsed: Parsed
    extraction: Extraction


def read_notice(data: bytes, *, name: str = "", media_type: str | None = None, charset: str | None = None) -> Reading:
    """Read, parse and extract one source; raises `etl.reading.Unreadable` with a sentence for people."""
    document = read(data, name=name, media_type=media_type, charset=charset)
    parsed = parse(document)
    return Reading(document, parsed, extract(document, parsed))
