"""Many patterns looked for in one pass over a text: each only where it can begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from etl.extracting.beginnings import openings


class Scanner:
    """Patterns by the one or two characters that each begins with; `_others` can begin with more than a few."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = patterns
        self._others: list[int] = []
        places: dict[str, list[int]] = {}
        for place, pattern in enumerate(patterns):
            begins = _begins(pattern.pattern)
            self._others += [place] * (not begins)
            for begin in begins:
                places.setdefault(begin, []).append(place)
        # A pattern that one character begins may match where that begins a pair, too.
        self._places = {begin: sorted({*found, *places.get(begin[0], ())}) for begin, found in places.items()}
        self._signs = _signs(places)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each pattern matches, as its `finditer` has it, and the pattern's number; in no order."""
        ends, places = [0] * len(self._patterns), self._places
        for sign in self._signs.finditer(text):
            at = sign.start()
            for place in places.get(text[at : at + 2]) or places.get(text[at]) or ():
                found = self._patterns[place].match(text, at) if at >= ends[place] else None
                if found:
                    ends[place] = found.end()
                    yield at, place
        for place in self._others:
            yield from ((found.start(), place) for found in self._patterns[place].finditer(text))


def _begins(pattern: str) -> set[str]:
    """The one or two characters that a match begins with, nothing where they are more than a few."""
    found = openings(pattern, 2) or set()
    begins = {"".join(map(_character, opening)) for opening in found}
    return begins if all(_character(opening[0]) for opening in found) else set()


def _character(member: str) -> str:
    """The character that a member of a class is, nothing where it stands for several.

    >>> [_character(member) for member in ("年", r"\\-", r"\\d", "a-z", "")]
    ['年', '-', '', '', '']
    """
    plain = member[1:] if member[:1] == "\\" and member != r"\d" else member
    return plain if len(plain) == 1 else ""


def _signs(begins: Iterable[str]) -> re.Pattern[str]:
    """Where a pattern may begin: a character that is enough alone, or one before another that may follow it."""
    alone, pairs = ({begin for begin in begins if len(begin) == size} for size in (1, 2))
    first, second = _one_of(alone | {pair[0] for pair in pairs}), _one_of({pair[1] for pair in pairs})
    return re.compile(f"{first}(?:(?<={_one_of(alone)})|(?={second}))")


def _one_of(characters: set[str]) -> str:
    return f"[{''.join(sorted(map(re.escape, characters)))}]" if characters else "(?!)"
