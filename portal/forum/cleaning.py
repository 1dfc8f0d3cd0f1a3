"""Texts as they are kept: without what can't be seen, and without tricks that make letters run backwards."""

from __future__ import annotations

import re
import unicodedata

# Bidirectional controls, zero-width characters, soft hyphen, tags, interlinear marks; line and paragraph separators.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\u0085]")
_PILED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def has_controls(text: str) -> bool:
    """Whether there are control characters in it that no keyboard sends.

    >>> has_controls("a\\tb\\r\\n"), has_controls("a\\0b")
    (False, True)
    """
    return _CONTROL.search(_LINE_END.sub("\n", text)) is not None


def without_controls(text: str) -> str:
    """The text without them, with lines ending alike.

    >>> without_controls("a\\0b\\r\\n")
    'ab\\n'
    """
    return _CONTROL.sub("", _LINE_END.sub("\n", text))


def cleaned(text: str) -> str:
    """The text in composed form, with lines ending alike and nothing unseen in it.

    >>> cleaned("报\\u200b销\\u202e单 \\r\\n\\r\\n")
    '报销单'
    """
    lines = unicodedata.normalize("NFC", without_controls(text))
    shown = _PILED.sub(r"\1", _UNSEEN.sub("", lines))
    return "\n".join(line.rstrip() for line in shown.split("\n")).strip("\n")


def one_line(text: str) -> str:
    """The same for a title: in one line.

    >>> one_line(" 一\\n二  三 ")
    '一 二 三'
    """
    return " ".join(cleaned(text).split())


def folded(text: str) -> str:
    """The text as it is searched and compared: width, case and spacing make no difference.

    >>> folded("Ｒ＆Ｄ  投入\\n2.65％")
    'r&d 投入 2.65%'
    """
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())
