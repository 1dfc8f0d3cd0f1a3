"""What an edit changed, in runs of characters and words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

LONGEST = 3_000
"""Longer texts are compared line by line: what two long texts take grows with the product of their lengths."""
_PIECES = re.compile(r"[A-Za-z0-9_]+|\s|.", re.DOTALL)
Run = tuple[str, str]
"""`same`, `gone` or `new`, and the text."""


def difference(old: str, new: str) -> list[Run]:
    """The new text with what went and what came.

    >>> difference("达到2.65%", "达到2.7%。")
    [('same', '达到2.'), ('gone', '65'), ('new', '7'), ('same', '%'), ('new', '。')]
    """
    before, after = _pieces(old, new), _pieces(new, old)
    runs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(("same", "".join(before[a:b])))
            continue
        runs += [("gone", "".join(before[a:b]))] if b > a else []
        runs += [("new", "".join(after[c:d]))] if d > c else []
    return runs


def _pieces(text: str, other: str) -> list[str]:
    return text.splitlines(keepends=True) if len(text) + len(other) > LONGEST else _PIECES.findall(text)
