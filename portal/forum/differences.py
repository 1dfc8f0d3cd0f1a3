"""What an edit changed, in runs of characters and words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

LONGEST = 3_000
"""How many pieces are compared as such; of more, lines are."""
_PIECES = re.compile(r"[A-Za-z0-9_]+|\s|.", re.DOTALL)
Run = tuple[str, str]
"""`same`, `gone` or `new`, and the text."""


@lru_cache(maxsize=256)
def difference(old: str, new: str) -> tuple[Run, ...]:
    """The new text with what went and what came.

    >>> difference("达到2.65%", "达到2.7%。")
    (('same', '达到2.'), ('gone', '65'), ('new', '7'), ('same', '%'), ('new', '。'))
    """
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    between = _between(before[head : len(before) - tail], after[head : len(after) - tail])
    whole = [("same", "".join(after[:head])), *between, ("same", "".join(after[len(after) - tail :]))]
    return tuple((kind, text) for kind, text in whole if text)


def _between(before: list[str], after: list[str]) -> list[Run]:
    """What lies between beginning and end; the longer, the coarser: time grows with the square of how much it is."""
    if len(before) + len(after) > LONGEST:
        before, after = ("".join(pieces).splitlines(keepends=True) for pieces in (before, after))
    runs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            runs.append(("same", "".join(before[a:b])))
        else:
            runs += [("gone", "".join(before[a:b])), ("new", "".join(after[c:d]))]
    return runs


def _alike(first: list[str], second: list[str]) -> int:
    """How many pieces two lists have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
