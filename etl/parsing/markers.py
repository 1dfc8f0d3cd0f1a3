"""The numbering at the start of a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from etl.parsing.numerals import to_int
from etl.parsing.rules import Rule, rule, table

_ENCLOSED = frozenset(chr(code) for code in (*range(0x2460, 0x249C), *range(0x3220, 0x322A)))
"""①…⑳ ⑴…⒇ ⒈…⒛, and ㈠…㈩."""
_STARTERS = frozenset("专第(〔【〇一二三四五六七八九十百零两0123456789") | _ENCLOSED
_REACH = 60
"""How much of a line tells its numbering; the same lines are asked for more than once."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering as read: its shape, the numeral's value, and the lengths of mark and of mark with space."""

    shape: str
    rank: int
    heads: bool
    value: int
    mark: int
    size: int


def marker_before_digit(text: str) -> Marker | None:
    """A number whose text begins with a digit, which only the numbers before it tell from a decimal.

    >>> marker_before_digit("4.12345热线").value, marker_before_digit("4、加强领导")
    (4, None)
    """
    match = rule("inline", "before-digit").pattern.match(text)
    if match is None:
        return None
    shape = rule("markers", "arabic-dot")
    return Marker(shape.id, _rank(shape, ""), False, int(match["value"]), match.end("mark"), match.end())


def _rank(shape: Rule, mark: str) -> int:
    """The rank of a shape, in tens, so that 1.1.1 stands below 1.1."""
    return 10 * int(shape.fields["rank"]) + (mark.count(".") if shape.id == "decimal" else 0)


@cache
def _shapes() -> tuple[Rule, ...]:
    return tuple(sorted(table("markers"), key=lambda shape: int(shape.fields["rank"])))


def marker_of(text: str) -> Marker | None:
    """The numbering that a folded line starts with.

    >>> marker_of("一、总体要求").shape, marker_of("12.落实政策").value, marker_of("总体要求")
    ('cn-dot', 12, None)
    """
    return _marker(text[:_REACH]) if text and text[0] in _STARTERS else None


@lru_cache(maxsize=4096)
def _marker(text: str) -> Marker | None:
    if rule("noise", "page-number").pattern.match(text):
        return None
    for shape in _shapes():
        match = shape.pattern.match(text)
        if match:
            value = to_int(match["value"]) or 0
            rank = _rank(shape, match["mark"])
            return Marker(shape.id, rank, bool(shape.fields["heads"]), value, match.end("mark"), match.end())
    return None
