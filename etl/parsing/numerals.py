"""Numbers as an outline or a date writes them: Arabic, Chinese, circled."""

from __future__ import annotations

import unicodedata

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100}


def to_int(text: str) -> int | None:
    """The value of an Arabic or Chinese numeral, `None` when it is neither.

    >>> to_int("二十一"), to_int("一百零三"), to_int("二〇一七"), to_int("12"), to_int("③"), to_int("甲")
    (21, 103, 2017, 12, 3, None)
    >>> to_int("㈡"), to_int("⒌"), to_int("⑿")
    (2, 5, 12)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if len(text) == 1 and text not in DIGITS and text not in _TENS:
        return int(unicodedata.numeric(text, 0)) or None
    if not text or any(c not in DIGITS and c not in _TENS for c in text):
        return None
    return _counted(text) if any(c in _TENS for c in text) else _spelled(text)


def _spelled(text: str) -> int:
    return int("".join(str(DIGITS[c]) for c in text))


def _counted(text: str) -> int:
    total, digit = 0, 0
    for character in text:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit
