"""Brackets in a text, and lists cut at the signs outside them."""

from __future__ import annotations

import re
from typing import NamedTuple

OPENING, CLOSING = "(〔【[", ")〕】]"
_ANGLED = re.compile(r"[<〈][^<>〈〉]{1,12}[>〉]")
"""各县<市、区>: a bracket within a bracket."""
_BRACKET_LIMIT = 400
"""How far back the sign that opened a bracket may stand."""


class Name(NamedTuple):
    """A name and its place."""

    text: str
    start: int
    end: int


def in_bracket(text: str, at: int) -> bool:
    """Whether a bracket is open before offset `at`.

    >>> in_bracket("(责任单位:市科技局)", 6), in_bracket("(一)责任单位", 5)
    (True, False)
    """
    before = text[max(0, at - _BRACKET_LIMIT) : at]
    return max(map(before.rfind, OPENING)) > max(map(before.rfind, CLOSING))


def split_at(text: str, signs: str, start: int = 0) -> list[Name]:
    """The pieces between the signs that stand outside brackets, with their places.

    >>> [n.text for n in split_at("各区、县(市、区)政府,县直单位", ",")]
    ['各区、县(市、区)政府', '县直单位']
    """
    pieces, depth, first = [], 0, 0
    for at, character in enumerate(_ANGLED.sub(lambda aside: "·" * len(aside[0]), text) + signs[0]):
        depth += (character in OPENING) - (character in CLOSING)
        if character in signs and (depth <= 0 or at == len(text)):
            pieces.append(_trimmed(text, first, at, start))
            first, depth = at + 1, 0
    return [piece for piece in pieces if piece.text]


def _trimmed(text: str, first: int, end: int, start: int) -> Name:
    raw = text[first:end]
    lead = len(raw) - len(raw.lstrip())
    stripped = raw.strip()
    return Name(stripped, start + first + lead, start + first + lead + len(stripped))
