"""A text as it is laid out, piece by piece, each piece with its place in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.document import Held, Segment

_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
# A line break in the source between two Chinese characters is no blank to the reader.
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[ \t\r\n\f]*\n[ \t\r\n\f]*(?=[{_HAN}])")
# Bodies that a cell names on lines of their own.
_BODY = re.compile(r"^[^、，,；;]{2,20}(?:局|委|办|厅|部|政府|中心|公司|院|集团|大学|银行|管委会|办事处)$")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def collapse(text: str) -> str:
    r"""White space as a browser shows it; no-break spaces stay.

    >>> collapse("研发\n  投入 \t占比")
    '研发投入 占比'
    """
    text = text.replace("\r", "\n")
    return _BLANKS.sub(" ", _BETWEEN_HAN.sub("", text) if "\n" in text else text)


def join(parts: list[str]) -> str:
    """Pieces of one cell in one line: a blank between them, but none between two Chinese characters of one name.

    >>> join(["研发", "投入"]), join(["R&D", "投入"]), join(["市财政局", "市教育局"])
    ('研发投入', 'R&D 投入', '市财政局 市教育局')
    """
    text, before = "", ""
    for part in (p.strip(" \n\t") for p in parts if p.strip()):
        inside = re.search(rf"[{_HAN}]$", text) and re.match(rf"[{_HAN}]", part)
        listed = _BODY.search(before) and _BODY.search(part)
        text += ("" if not text or (inside and not listed) else " ") + part
        before = part
    return text


@dataclass
class Layout:
    """The growing text with its segments, the spans held back and the doubts met on the way."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    segments: list[Segment] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, text: str, place: str, role: str = "body") -> tuple[int, int]:
        """Put a piece at the end and say where it stands."""
        start, end = self.size, self.size + len(text)
        self.parts.append(text)
        self.size = end
        if text.strip():
            self.segments.append(Segment(start, end, place, role))
        return start, end

    def line(self, text: str, place: str, role: str = "body") -> tuple[int, int]:
        """Put a piece on a line of its own."""
        span = self.add(text, place, role)
        self.parts.append("\n")
        self.size += 1
        return span

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)
