"""Dates as notices write them, and those whose signs the page lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from etl.parsing.numerals import to_int
from etl.parsing.rules import Rule, table


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text: ISO, or `None` where the digits can be read in more than one way."""

    iso: str | None
    readings: tuple[str, ...]
    start: int
    end: int
    rule: str


def find_date(text: str, start: int = 0, end: int | None = None) -> Dated | None:
    """The first plausible date of a folded text, by the order of the rules."""
    stop = len(text) if end is None else end
    for shape in table("dates"):
        for match in shape.pattern.finditer(text, start, stop):
            found = _read(shape, match)
            if found:
                return found
    return None


def whole_date(text: str) -> Dated | None:
    """The date that a folded line consists of, brackets and spaces aside.

    >>> whole_date("二〇〇九年三月十二日").iso, whole_date("2022125日").readings
    ('2009-03-12', ('2022-01-25', '2022-12-05'))
    >>> whole_date("于2017年2月15日施行") is None
    True
    """
    found = find_date(text)
    if found is None:
        return None
    rest = text[: found.start] + text[found.end :]
    return found if not rest.strip(" ()\t") else None


def _read(shape: Rule, match: re.Match[str]) -> Dated | None:
    groups = match.groupdict()
    year = to_int(groups["year"]) or 0
    if groups.get("digits"):
        readings = _split(year, groups["digits"])
    else:
        readings = _plausible(year, to_int(groups["month"]) or 0, to_int(groups["day"]) or 0)
    if not readings:
        return None
    iso = readings[0] if len(readings) == 1 else None
    return Dated(iso, readings, match.start(), match.end(), shape.id)


def _split(year: int, digits: str) -> tuple[str, ...]:
    """Every way to read the digits as month and day, none of them padded unless all are.

    >>> _split(2022, "125"), _split(2022, "0216"), _split(2022, "99")
    (('2022-01-25', '2022-12-05'), ('2022-02-16',), ('2022-09-09',))
    """
    cuts = [(digits[:i], digits[i:]) for i in (1, 2) if 0 < len(digits) - i <= 2]
    fair = [(m, d) for m, d in cuts if len(digits) == 4 or (m[0] != "0" and d[0] != "0")]
    return tuple(iso for m, d in fair for iso in _plausible(year, int(m), int(d)))


def _plausible(year: int, month: int, day: int) -> tuple[str, ...]:
    try:
        return (date(year, month, day).isoformat(),) if 1949 <= year <= 2100 else ()
    except ValueError:
        return ()
