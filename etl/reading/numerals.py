"""Automatic numbers as Word writes them: 1 → 一, ①, 甲, iv …"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def han(number: int, digits: str = _HAN, units: str = "十百千") -> str:
    """A number below ten thousand in Chinese numerals.

    >>> [han(n) for n in (0, 7, 10, 11, 20, 105, 110, 2008)]
    ['零', '七', '十', '十一', '二十', '一百零五', '一百一十', '二千零八']
    """
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += digits[digit] + (units[power - 1] if power else "")
        elif text and number % 10**power and not text.endswith(digits[0]):
            text += digits[0]
    return text[1:] if 10 <= number < 20 and digits == _HAN else text


def roman(number: int) -> str:
    """A number below four thousand in Roman numerals.

    >>> roman(1994)
    'mcmxciv'
    """
    text = ""
    for value, letters in _ROMAN if 0 < number < 4000 else ():
        text += letters * (number // value)
        number %= value
    return text or str(number)


def _letter(number: int) -> str:
    """a … z, aa, bb …, as Word counts."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1000 else str(number)


def _from(first: str, last: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


@cache
def _formats() -> dict[str, Callable[[int], str]]:
    return {
        "decimal": str,
        "decimalZero": lambda n: f"{n:02d}",
        "decimalFullWidth": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
        "decimalFullWidth2": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
        "chineseCounting": han,
        "chineseCountingThousand": han,
        "taiwaneseCounting": han,
        "taiwaneseCountingThousand": han,
        "japaneseCounting": han,
        "koreanCounting": han,
        "ideographDigital": lambda n: "".join("〇一二三四五六七八九"[int(c)] for c in str(n)),
        "japaneseDigitalTenThousand": lambda n: "".join("〇一二三四五六七八九"[int(c)] for c in str(n)),
        "chineseLegalSimplified": lambda n: han(n, _LEGAL, "拾佰仟"),
        "ideographLegalTraditional": lambda n: han(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
        "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle": _from("①", 20),
        "decimalEnclosedCircleChinese": _from("①", 20),
        "decimalEnclosedParen": _from("⑴", 20),
        "decimalEnclosedFullstop": _from("⒈", 20),
        "ideographEnclosedCircle": _from("㊀", 10),
        "lowerLetter": _letter,
        "upperLetter": lambda n: _letter(n).upper(),
        "lowerRoman": roman,
        "upperRoman": lambda n: roman(n).upper(),
        "none": lambda n: "",
    }


def written(number: int, number_format: str) -> str:
    """A number in one of the formats of WordprocessingML; an unknown one counts in digits.

    >>> [written(12, f) for f in ("chineseCounting", "decimalEnclosedCircle", "ideographTraditional", "upperRoman")]
    ['十二', '⑫', '乙', 'XII']
    """
    return _formats().get(number_format, str)(number)
