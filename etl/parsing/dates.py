"""Dates as notices write them, and those whose signs the page lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from etl.parsing.numerals import to_int
from etl.parsing.rules import Rule, table

_MAY_HOLD = re.compile(r"(?:19|20)\d\d|[〇零一二三四五六七八九]\s*年")
_YEAR = re.compile(r"[一二][〇零一二三四五六七八九OoΟ0]{3}(?=\s*年)")
_ZERO = re.compile(r"[OoΟ0]")
"""Letters and Arabic zeros that stand for 〇 in a year."""
_LONGEST = 40
"""How long a line that is only a date may be, its spaces counted."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text: ISO, or `None` where the digits do not settle it; `readings` are the plausible ones."""

    iso: str | None
    readings: tuple[str, ...]
    start: int
    end: int
    rule: str


def find_date(text: str, start: int = 0, end: int | None = None) -> Dated | None:
    """The first plausible date of a folded text, by the order of the rules."""
    stop = len(text) if end is None else end
    text = _YEAR.sub(lambda year: _ZERO.sub("〇", year[0]), text)
    if not _MAY_HOLD.search(text, start, stop):
        return None
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
    found = find_date(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    rest = text[: found.start] + text[found.end :]
    return found if not rest.strip(" ()\t") else None


def _read(shape: Rule, match: re.Match[str]) -> Dated | None:
    groups = match.groupdict()
    if groups.get("digits"):
        readings = _split(to_int(groups["year"]) or 0, groups["digits"])
    else:
        month, day = to_int(groups["month"]) or 0, to_int(groups["day"]) or 0
        years = _with_zeros(groups["year"]) if shape.id == "zeros-lost" else (to_int(groups["year"]) or 0,)
        readings = tuple(iso for year in years for iso in _plausible(year, month, day))
    if not readings:
        return None
    # Without its zeros a year is only proposed, however it reads: two signs of four are too little to state it.
    iso = readings[0] if len(readings) == 1 and shape.id != "zeros-lost" else None
    return Dated(iso, readings, match.start(), match.end(), shape.id)


def _with_zeros(year: str) -> tuple[int, ...]:
    """The years that a Chinese year without its zeros may mean.

    >>> _with_zeros("二八"), _with_zeros("二一七"), _with_zeros("二二")
    ((2008,), (2017,), (2002, 2020))
    """
    digits = [to_int(sign) or 0 for sign in year[1:].strip()]
    if len(digits) == 2:
        return (2000 + 10 * digits[0] + digits[1],)
    return (2000 + digits[0], *((2000 + 10 * digits[0],) if digits[0] <= 2 else ()))


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
