"""What is fuzzed: bytes in, a document with text or a plain refusal out; anything else is a find."""

from __future__ import annotations

from etl.pipeline import read_notice
from etl.reading import Unreadable

NAMES = ("a.txt", "a.html", "a.docx", "a.pdf", "a.rtf", "a.doc", "a", "a.zip")


def read_anything(data: bytes) -> None:
    """Read bytes under one of the names, which the first byte tells; what is silently empty is a find as well."""
    name, rest = NAMES[data[0] % len(NAMES)] if data else "a", data[1:]
    for content in (data, rest):
        try:
            reading = read_notice(content, name=name)
        except Unreadable as error:
            assert str(error).strip(), "a refusal that says nothing"
        else:
            assert reading.document.body.strip(), "silently empty"
