"""Cells of tables: their text and place, and what a header cell says of its column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.extracting.folding import fold
from etl.extracting.rulebook import rules_of

_GOES_ON = re.compile(r"(?:[（(]?[\[〔【]?(?:五年|年均)?累计[\]〕】]?[）)]?)?(?:[（(]%[）)])?|或[\[〔]?累计.{0,6}")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, folded and without spaces, and its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its role, and the year that its header names."""

    role: str
    year: int | None = None


@cache
def headers() -> dict[str, str]:
    return {word: rule["role"] for rule in reversed(rules_of("tables")) for word in rule["words"]}


def column_of(text: str) -> Column | None:
    """What a header cell says of its column, None where it is no header."""
    plain = re.sub(r"[（(][^（()）]*[）)]|[\s%]", "", text)
    role = headers().get(plain)
    if role:
        return Column(role)
    found = _YEAR.fullmatch(plain)
    if not found or len(found["rest"]) > 8:
        return None
    past = any(word in found["rest"] for word in ("实际", "完成", "现状", "基期", "基数"))
    return Column("base" if past else "year", int(found["year"]))


def goes_on(text: str) -> bool:
    """Whether a cell only goes on with the header above it.

    >>> goes_on("[累计](%)"), goes_on("（%）"), goes_on("属性")
    (True, True, False)
    """
    return bool(_GOES_ON.fullmatch(text))


def lines_of(text: str) -> list[list[Cell]]:
    """The text's lines as cells."""
    found, at = [], 0
    for line in text.split("\n"):
        cells, place = [], at
        for piece in line.split("\t"):
            bare = piece.strip()
            start = place + len(piece) - len(piece.lstrip())
            cells.append(Cell(re.sub(r"\s", "", fold(bare)), start, start + len(bare)))
            place += len(piece) + 1
        found.append(cells)
        at += len(line) + 1
    return found
