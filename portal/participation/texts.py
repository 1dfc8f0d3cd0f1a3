"""Texts as they came in a form, made fit to keep: no control characters, nothing that hides or turns writing around."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def text(given: str, longest: int) -> str:
    """Some lines of text.

    >>> text(" 一\\r\\n\\r\\n\\r\\n\\r\\n二\\x00\\u202e ", 100)
    '一\\n\\n二'
    """
    lines = unicodedata.normalize("NFC", given.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANK_LINES.sub("\n\n", _HIDDEN.sub("", lines)).strip()[:longest]


def line(given: str, longest: int) -> str:
    """One line of text.

    >>> line("一\\n二\\t三", 100)
    '一 二 三'
    """
    return " ".join(text(given, len(given)).split())[:longest]
