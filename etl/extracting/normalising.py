"""A value in its plain unit: ten thousands and hundred millions multiplied out, currencies left apart."""

from __future__ import annotations

from functools import cache

from etl.extracting.rulebook import rules_of, unit_words


def normalised(value: float | None, unit: str | None) -> tuple[float | None, str | None]:
    """A value without its magnitude, and the unit that is left.

    >>> normalised(6, "亿元"), normalised(1.2, "万人"), normalised(3.5, "亿美元"), normalised(2, "%")
    ((600000000.0, '元'), (12000.0, '人'), (350000000.0, '美元'), (2, '%'))
    >>> normalised(20, "万千瓦时"), normalised(5, "亿"), normalised(3, "千瓦")
    ((200000.0, '千瓦时'), (500000000.0, None), (3, '千瓦'))
    """
    if value is None or unit is None:
        return None, unit
    size, plain = _parts(unit)
    return (round(value * size, 6), plain) if size else (value, unit)


@cache
def _parts(unit: str) -> tuple[float, str | None]:
    """The magnitude in a unit, 0 where there is none, and the unit without it."""
    sizes = next(rule["words"] for rule in rules_of("numbers") if rule["role"] == "magnitude")
    units = unit_words().tokens
    for word in sorted(sizes, key=len, reverse=True):
        rest = unit.removeprefix(word)
        if unit not in units and rest != unit and (not rest or rest in units):
            return float(sizes[word]), rest or None
    return 0.0, unit
