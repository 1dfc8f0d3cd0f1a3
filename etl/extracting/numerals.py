"""Chinese numerals as numbers."""

from __future__ import annotations

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> float | None:
    """The value of a Chinese numeral below ten thousand, or None where it is not one.

    >>> chinese_number("三"), chinese_number("二十五"), chinese_number("一千二百"), chinese_number("八点五")
    (3.0, 25.0, 1200.0, 8.5)
    >>> chinese_number("百"), chinese_number("十二"), chinese_number("三五"), chinese_number("一百零三")
    (100.0, 12.0, None, 103.0)
    """
    whole, _, fraction = text.partition("点")
    if fraction:
        base = chinese_number(whole)
        if base is None or any(c not in _DIGITS for c in fraction):
            return None
        return float(f"{int(base)}.{''.join(str(_DIGITS[c]) for c in fraction)}")
    return _whole(whole)


def _whole(text: str) -> float | None:
    total, digit, last_step = 0, 0, 10_000
    pending = False
    for c in text:
        if c in _STEPS:
            if _STEPS[c] >= last_step:
                return None
            last_step = _STEPS[c]
            total += (digit if pending else 1) * last_step
            digit, pending = 0, False
        elif c in _DIGITS and not (pending and digit):
            digit, pending = _DIGITS[c], True
        else:
            return None
    return float(total + digit) if text else None
