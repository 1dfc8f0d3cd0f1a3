"""A few words around what was searched for, as parts that are marked or not: no markup, so nothing to escape twice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

BEFORE, LENGTH = 24, 96
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Part:
    """A run of a snippet; `marked` where it is what was searched for."""

    text: str
    marked: bool = False


def snippet(texts: list[str], query: str) -> tuple[Part, ...]:
    """The first text that holds a word of the query, cut around it; else the beginning of the first.

    >>> snippet(["青禾市", "全县研发投入"], "研发")
    (Part(text='全县', marked=False), Part(text='研发', marked=True), Part(text='投入', marked=False))
    >>> snippet(["青禾市"], "研发")
    (Part(text='青禾市', marked=False),)
    """
    pattern = _pattern(query)
    for text in texts:
        if match := pattern.search(_folded(text)):
            start = max(0, match.start() - BEFORE)
            return _parts(text, start, min(len(text), max(match.end(), start + LENGTH)), pattern)
    return _parts(texts[0], 0, LENGTH, pattern) if texts and texts[0] else ()


def marked(text: str, query: str) -> bool:
    """Whether a text holds the first word of the query as written."""
    return bool(_pattern(query).search(_folded(text)))


def _parts(text: str, start: int, end: int, pattern: re.Pattern[str]) -> tuple[Part, ...]:
    parts, at = [Part("…")] if start else [], start
    for match in pattern.finditer(_folded(text), start, end):
        parts += [Part(text[at : match.start()]), Part(text[match.start() : match.end()], marked=True)]
        at = match.end()
    parts += [Part(text[at:end]), Part("…" if end < len(text) else "")]
    return tuple(p for p in parts if p.text)


def _pattern(query: str) -> re.Pattern[str]:
    words = sorted({re.escape(w) for w in _WORD.findall(_folded(query))}, key=len, reverse=True)
    return re.compile("|".join(words) or r"(?!)")


def _folded(text: str) -> str:
    """The text as it is compared, character for character, so that offsets hold."""
    return "".join(f if len(f := unicodedata.normalize("NFKC", c).lower()) == 1 else c for c in text)
