"""A value in its plain unit: ten thousands and hundred millions multiplied out, currencies left apart."""

from __future__ import annotations

from etl.extracting.rulebook import rules_of


def normalised(value: float | None, unit: str | None) -> tuple[float | None, str | None]:
    """A value without its magnitude, and the unit that is left.

    >>> normalised(6, "亿元"), normalised(1.2, "万人"), normalised(3.5, "亿美元"), normalised(2, "%")
    ((600000000.0, '元'), (12000.0, '人'), (350000000.0, '美元'), (2, '%'))
    >>> normalised(20, "万千瓦时"), normalised(5, "亿"), normalised(3, "千瓦")
    ((200000.0, '千瓦时'), (500000000.0, None), (3, '千瓦'))
    """
    if value is None or unit is None:
        return None, unit
    sizes = next(rule["words"] for rule in rules_of("numbers") if rule["role"] == "magnitude")
    units = {word for rule in rules_of("units") for word in rule["words"]}
    for word in sorted(sizes, key=len, reverse=True):
        rest = unit.removeprefix(word)
        if unit not in units and rest != unit and (not rest or rest in units):
            return round(value * sizes[word], 6), rest or None
    return value, unit
