"""The text as the rules see it: folded one character to one, cut into lines and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from etl.document import Document
from etl.parsing.rules import rule

_SPACES = "\u00a0\u3000\u2002\u2003\u2009\u200a\u200b\u200c\u200d\u2060\ufeff\x0b\x0c\x00"
_FOLD = dict.fromkeys(_SPACES, " ")
_FOLD |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= dict.fromkeys("○◯⚪", "〇") | dict.fromkeys("–―─━﹣", "—")
_FOLD |= {"﹝": "〔", "﹞": "〕", "︰": ":", "﹕": ":"}

_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_OFTEN = "，（）：；"
"""Signs of nearly every text, replaced at once: that is faster than sign by sign."""
# The point comes first, and what stands before it is looked at behind it: the search then goes by the point.
_POINT = re.compile(r"\.(?<=[\u4e00-\u9fff)”》]\.)(?<![一二三四五六七八九十]\.)(?=[\u4e00-\u9fff“《\s]|$)")
_BREAK = re.compile("[\n\u2028\u2029\x85]")

_BRACKETS = frozenset(")〕】]")
"""Signs in which a paragraph may end as well: the bodies of an item stand in brackets at its end."""
_LONG, _HEAD = 120, 10
"""How long a line is that may hold a head and its text, and among how many first lines it stands."""
ENDS = frozenset("。!?;:…")
"""Signs that end a paragraph's line."""


def fold(text: str) -> str:
    """One form for full-width signs, digits, dashes and spaces; the length stays.

    >>> fold("（２０１７）　A－B：１．")
    '(2017) A-B:1.'
    """
    for sign in _OFTEN:
        text = text.replace(sign, _FOLD[sign])
    return _FOLDED.sub(lambda match: _FOLD[match[0]], text)


def width(text: str) -> int:
    """How wide a line is set, counting Han characters twice.

    >>> width("第12条")
    6
    """
    return len(_wide(text))


def _wide(text: str) -> bytes:
    """A text with a byte for each half of a Han character."""
    return text.encode("gbk", "replace")


class Line(NamedTuple):
    """A line without the spaces around it; `text` is folded, `row` counts all lines of the text."""

    start: int
    end: int
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class Page:
    """A document ready for the rules: `view` is folded, `source` is what may be quoted, offsets are the same."""

    document: Document
    source: str
    view: str
    lines: tuple[Line, ...]
    wrapped: int
    """The width at which the lines were wrapped, 0 when each paragraph is a line."""

    def quote(self, start: int, end: int) -> str:
        """The characters of the source, as published."""
        return self.source[start:end]


def read_page(document: Document) -> Page:
    """Fold the document's body and cut it into lines."""
    debris = rule("layout", "encoding-debris").pattern
    view = fold(document.body)
    if "<U+" in view:
        view = debris.sub(lambda m: " " * len(m.group()), view)
    if "." in view:
        view = _with_stops(view)
    lines = _lines(view)
    return Page(document, document.masked, view, lines, _wrap_width(lines))


def _with_stops(view: str) -> str:
    """The same text with 。 for a point behind a Han sign, where such points are the text's full stops."""
    points = len(_POINT.findall(view))
    return _POINT.sub("。", view) if points > 2 and points > view.count("。") else view


def _lines(view: str) -> tuple[Line, ...]:
    lines, at = list[Line](), 0
    for row, raw in enumerate(_BREAK.split(view)):
        text = raw.strip()
        if text:
            start = at + len(raw) - len(raw.lstrip())
            ends = _joints(text) if len(text) >= _LONG and len(lines) < _HEAD else ()
            lines += [_part(text, start, row, *span) for span in pairwise((0, *ends, len(text)))]
        at += len(raw) + 1
    return tuple(lines)


def _joints(text: str) -> tuple[int, ...]:
    """Where title, number and addressees end that a page gives in one line with the text."""
    head = rule("layout", "run-together").pattern.match(text)
    found = (head.end(name) for name in ("title", "number", "list")) if head else ()
    return tuple(end for end in found if end >= 0)


def _part(text: str, at: int, row: int, start: int, end: int) -> Line:
    """A line of a part of another line."""
    own = text[start:end].strip()
    first = at + text.index(own, start)
    return Line(first, first + len(own), own, row)


def _wrap_width(lines: tuple[Line, ...]) -> int:
    """The common width of lines that break off inside a sentence, if most full lines do."""
    if len(lines) < 8:
        return 0
    widths = [len(line) for line in _wide("\n".join(line.text for line in lines)).split(b"\n")]
    full = sorted(widths)[len(widths) * 9 // 10]
    longs = [line for line, wide in zip(lines, widths, strict=True) if wide >= full * 0.85]
    broken = sum(line.text[-1] not in ENDS and line.text[-1] not in _BRACKETS for line in longs)
    return full if 40 <= full <= 130 and broken >= 3 and broken * 10 >= len(longs) * 4 else 0
