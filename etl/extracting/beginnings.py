"""What a pattern may begin with, looked at first: most places of a text then cost one look and no more."""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]  # private, yet nothing else reads patterns
from typing import Any

ANY = ""
"""Any character, in an opening."""
Opening = tuple[str, ...]
_NO_WIDTH = frozenset(("ASSERT", "ASSERT_NOT", "AT"))
_DIGITS = "CATEGORY_DIGIT"


def quick(pattern: str) -> str:
    """The same pattern behind a look at the next character, where it can begin with some only.

    >>> quick("(?:第|前)?[排居]|每年")
    '(?=[前居排每第])(?:(?:第|前)?[排居]|每年)'
    >>> quick("[^，]年"), quick("(?:约|近)?")
    ('[^，]年', '(?:约|近)?')
    """
    first = openings(pattern, 1)
    return f"(?=[{''.join(sorted(sign for (sign,) in first))}])(?:{pattern})" if first else pattern


def openings(pattern: str, length: int) -> set[Opening] | None:
    """So many first characters that a match can have, as members of character classes; None where it can have any.

    An opening is shorter where a match may be; ANY stands where any character can follow.

    >>> sorted(openings("增长?[到至]|将(?!军).", 2))
    [('增', '到'), ('增', '至'), ('增', '长'), ('将', '')]
    """
    found = _followed({()}, _parser.parse(pattern), length)
    return None if any(not opening or opening[0] == ANY for opening in found) else found


def _followed(begun: set[Opening], parts: Any, length: int) -> set[Opening]:
    """Openings gone on with by a sequence of parts, as far as they are still too short."""
    for operation, value in parts:
        growing = {opening for opening in begun if len(opening) < length and ANY not in opening}
        if str(operation) not in _NO_WIDTH and growing:
            begun = (begun - growing) | _grown(growing, str(operation), value, length)
    return begun


def _grown(growing: set[Opening], operation: str, value: Any, length: int) -> set[Opening]:
    match operation:
        case "SUBPATTERN":
            return _followed(growing, value[-1], length)
        case "BRANCH":
            return set[Opening]().union(*(_followed(growing, branch, length) for branch in value[1]))
        case "MAX_REPEAT" | "MIN_REPEAT":
            return _repeated(growing, value, length)
        case "LITERAL":
            members = {re.escape(chr(value))}
        case "IN":
            members = {_member(str(kind), member) for kind, member in value}
        case _:
            members = {ANY}
    return {(*opening, member) for opening in growing for member in members}


def _repeated(growing: set[Opening], repeat: Any, length: int) -> set[Opening]:
    least, most, part = repeat
    found = set[Opening]() if least else growing
    for _ in range(min(most, length)):
        growing = _followed(growing, part, length)
        found = found | growing
    return found


def _member(kind: str, member: Any) -> str:
    """A member of a character class as it is written in one."""
    if kind == "LITERAL":
        return re.escape(chr(member))
    if kind == "RANGE":
        return f"{re.escape(chr(member[0]))}-{re.escape(chr(member[1]))}"
    return r"\d" if str(member) == _DIGITS else ANY
