"""Texts as they are kept: without what can't be seen, and without tricks that make letters run backwards."""

from __future__ import annotations

import unicodedata

from portal.unseen import CONTROL, LINE_END, without_unseen


def has_controls(text: str) -> bool:
    """Whether there are control characters in it that no keyboard sends.

    >>> has_controls("a\\tb\\r\\n"), has_controls("a\\0b")
    (False, True)
    """
    return CONTROL.search(LINE_END.sub("\n", text)) is not None


def without_controls(text: str) -> str:
    """The text without them, with lines ending alike.

    >>> without_controls("a\\0b\\r\\n")
    'ab\\n'
    """
    return CONTROL.sub("", LINE_END.sub("\n", text))


def cleaned(text: str) -> str:
    """The text in composed form, with lines ending alike and nothing unseen in it.

    >>> cleaned("报\\u200b销\\u202e单 \\r\\n\\r\\n")
    '报销单'
    """
    return "\n".join(line.rstrip() for line in without_unseen(text).split("\n")).strip("\n")


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
