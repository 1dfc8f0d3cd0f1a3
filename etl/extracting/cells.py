"""Cells of tables: their text and place, and what a header cell says of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from etl.extracting.folding import fold
from etl.extracting.rulebook import rules_of

_GOES_ON = re.compile(r"(?:[（(]?[\[〔【]?(?:五年|年均)?累计[\]〕】]?[）)]?)?(?:[（(]%[）)])?|或[\[〔]?累计.{0,6}")
_LEFT_OUT = re.compile(r"[（(][^（()）]*[）)]|[\s%]")
_SPACES = re.compile(r"\s")
_LONGEST_HEADER = 20
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?(?P<rest>.*)")


class Cell(NamedTuple):
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


@lru_cache(4096)
def column_of(text: str) -> Column | None:
    """What a header cell says of its column, None where it is no header."""
    plain = _LEFT_OUT.sub("", text)
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


class Sheet:
    """The lines of a text as cells, each line cut when it is asked for: most are no part of a table."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self._cells: dict[int, list[Cell]] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, number: int) -> list[Cell]:
        """The cells of a line."""
        if number not in self._cells:
            self._cells[number] = list(_cells_of(self.lines[number], self._starts[number]))
        return self._cells[number]

    def column(self, number: int, length: int) -> list[Cell]:
        """The first cells of so many lines, as far as there are any."""
        return [self[line][0] for line in range(number, min(number + length, len(self)))]

    def may_begin(self, number: int) -> bool:
        """Whether a line can be the header of a table, seen without reading it: most lines can't."""
        line = self.lines[number]
        if line.count("\t") > 1:
            return True
        cell = line.partition("\t")[0].strip()
        if cell[:1] not in _first_of_header():
            return False
        in_brackets = max(cell.rfind("）"), cell.rfind(")")) + 1
        return len(cell) - in_brackets <= _LONGEST_HEADER


def _cells_of(line: str, at: int) -> Iterator[Cell]:
    for piece in line.split("\t"):
        bare = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        yield Cell(_SPACES.sub("", fold(bare)), start, start + len(bare))
        at += len(piece) + 1


@cache
def _first_of_header() -> frozenset[str]:
    """The characters that a header may begin with: of its words, of a year, of what column_of leaves out."""
    return frozenset("（(%％12１２").union(word[0] for word in headers())
