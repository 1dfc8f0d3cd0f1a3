"""What `etl extract` prints: one notice as plain data, for any program to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from etl.batch import Reading
from etl.document import Document, Held

Plain = dict[str, Any]


def interchange(reading: Reading, *, explain: bool = False) -> Plain:
    """Notice, outline, quantities, citations, bodies, repairs and what was held back; never a held value.

    `start`/`end` count characters of the decoded file; for formats other than plain text, of `text`.
    """
    document, parsed, extraction = reading.document, reading.parsed, reading.extraction
    plain: Plain = {
        "notice": asdict(parsed.notice),
        "chapters": [asdict(chapter) for chapter in parsed.chapters],
        "tasks": [asdict(task) for task in parsed.tasks],
        "targets": _quoted(extraction.targets, document),
        "reported": _quoted(extraction.reported, document),
        "citations": _quoted(parsed.citations, document),
        "organisations": _quoted(parsed.organisations, document),
        "repairs": [asdict(repair) for repair in parsed.repairs],
        "quarantine": [_held(held, document) for held in document.held],
        "warnings": list(document.warnings),
        "source": {"media_type": document.media_type, "encoding": document.encoding, "chars": len(document.text)},
    }
    if document.media_type != "text/plain":
        plain["text"] = document.masked
    if explain:
        plain["rejected"] = _quoted(extraction.rejected, document)
    return plain


def _quoted(records: Iterable[Any], document: Document) -> list[Plain]:
    """Records with their quotes as they may be published."""
    return [asdict(record) | {"quote": document.masked[record.start : record.end]} for record in records]


def _held(held: Held, document: Document) -> Plain:
    line = document.text.count("\n", 0, held.start) + 1
    return {**asdict(held), "length": held.end - held.start, "line": line}
