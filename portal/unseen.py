"""Signs that nobody sees, or that make letters run backwards: left out of every text that people send."""

from __future__ import annotations

import re
import unicodedata

# Bidirectional controls, zero-width characters, soft hyphen, tags, interlinear marks; line and paragraph separators.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_END = re.compile("\r\n?|[\u2028\u2029\u0085]")
_PILED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def without_unseen(text: str) -> str:
    """The text in composed form, with lines ending alike and nothing in it that can't be seen.

    >>> without_unseen("报\\u200b销\\u202e单\\u2028完\\0")
    '报销单\\n完'
    """
    lines = unicodedata.normalize("NFC", CONTROL.sub("", LINE_END.sub("\n", text)))
    return _PILED.sub(r"\1", _UNSEEN.sub("", lines))
