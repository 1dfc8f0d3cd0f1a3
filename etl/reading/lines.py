"""A text's lines with their offsets, and a clean view of each, one character for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from etl.reading.folding import Signs, full_width, substitute

_LINE = re.compile(r"[^\r\n\f]+")
_BREAK = re.compile(r"\r\n|[\r\n\f]")
_SPACES = dict.fromkeys("\xa0\t\u2002\u2003\ufeff", " ")
# Debris of a converter that wrote a no-break space as its name.
_WRITTEN_CODE = re.compile(r"<U\+[0-9A-F]{4,6}>")
PROSE = re.compile(r"[。；]|;$")


class Line(NamedTuple):
    """A line that isn't blank: its number from 1, where its clean text starts, and that clean text."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the clean text ends."""
        return self.start + len(self.text)

    @property
    def is_prose(self) -> bool:
        """Whether it reads as a sentence."""
        return bool(PROSE.search(self.text))


@cache
def _one_kind() -> Signs:
    return Signs(full_width() | _SPACES)


def clean(text: str) -> str:
    """Full-width forms as ASCII and every kind of space as a space, one for one.

    >>> clean("来源：\\xa0发表日期：2017－02－16")
    '来源: 发表日期:2017-02-16'
    """
    folded = substitute(text, _one_kind())
    return _WRITTEN_CODE.sub(lambda m: " " * len(m[0]), folded) if "<U+" in folded else folded


@lru_cache(maxsize=1)
def split(text: str) -> tuple[Line, ...]:
    """The lines of a text that aren't blank.

    >>> split("一\\r\\n\\n 二 ")
    (Line(number=1, start=0, text='一'), Line(number=3, start=5, text='二'))
    """
    return tuple(numbered(clean(text)))


def numbered(text: str) -> Iterator[Line]:
    """The lines of a text as they are, blank ones left out, the white space at their ends too."""
    number, at = 1, 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        number += 1 if start - at == 1 else len(_BREAK.findall(text, at, start))
        at, line = end, match[0]
        stripped = line.strip()
        if stripped:
            yield Line(number, start if line[0] == stripped[0] else end - len(line.lstrip()), stripped)
