"""Texts as they came in a form, made fit to keep: no control characters, nothing that hides or turns writing around."""

from __future__ import annotations

import re

from portal.unseen import without_unseen

_BLANK_LINES = re.compile(r"\n{3,}")


def text(given: str, longest: int) -> str:
    """Some lines of text.

    >>> text(" 一\\r\\n\\r\\n\\r\\n\\r\\n二\\x00\\u202e ", 100)
    '一\\n\\n二'
    """
    return _BLANK_LINES.sub("\n\n", without_unseen(given)).strip()[:longest]


def line(given: str, longest: int) -> str:
    """One line of text.

    >>> line("一\\n二\\t三", 100)
    '一 二 三'
    """
    return " ".join(text(given, len(given)).split())[:longest]
