"""What a pattern may begin with, looked at first: most places of a text then cost one look and no more."""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]  # private, yet nothing else reads patterns
from typing import Any

_NO_WIDTH = frozenset(("ASSERT", "ASSERT_NOT", "AT"))
_DIGITS = "CATEGORY_DIGIT"


class _AnythingError(Exception):
    """A pattern may begin with any character."""


def quick(pattern: str) -> str:
    """The same pattern behind a look at the next character, where it can begin with some only.

    >>> quick("(?:第|前)?[排居]|每年")
    '(?=[前居排每第])(?:(?:第|前)?[排居]|每年)'
    >>> quick("[^，]年"), quick("(?:约|近)?")
    ('[^，]年', '(?:约|近)?')
    """
    try:
        first, may_be_empty = _first(_parser.parse(pattern))
    except _AnythingError:
        return pattern
    return pattern if may_be_empty else f"(?=[{''.join(sorted(first))}])(?:{pattern})"


def _first(parts: Any) -> tuple[set[str], bool]:
    """What a sequence begins with, as parts of a character class, and whether it may match nothing."""
    found: set[str] = set()
    for operation, value in parts:
        if str(operation) not in _NO_WIDTH:
            first, may_be_empty = _first_of(str(operation), value)
            found |= first
            if not may_be_empty:
                return found, False
    return found, True


def _first_of(operation: str, value: Any) -> tuple[set[str], bool]:
    match operation:
        case "LITERAL":
            return {re.escape(chr(value))}, False
        case "IN":
            return {_member(str(kind), member) for kind, member in value}, False
        case "SUBPATTERN":
            return _first(value[-1])
        case "BRANCH":
            branches = [_first(branch) for branch in value[1]]
            return set[str]().union(*(first for first, _ in branches)), any(empty for _, empty in branches)
        case "MAX_REPEAT" | "MIN_REPEAT":
            first, may_be_empty = _first(value[2])
            return first, may_be_empty or not value[0]
    raise _AnythingError


def _member(kind: str, member: Any) -> str:
    """A member of a character class as it is written in one."""
    if kind == "LITERAL":
        return re.escape(chr(member))
    if kind == "RANGE":
        return f"{re.escape(chr(member[0]))}-{re.escape(chr(member[1]))}"
    if str(member) == _DIGITS:
        return r"\d"
    raise _AnythingError
