"""How values are written for people: numbers, quantities with their comparator, dates, spans of text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from portal.frame.vocabulary import english_unit
from portal.storage.clock import local

NO_BREAK = "\u00a0"
_SIGNS = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<"}


def number(value: float | int | None) -> str:
    """A number without needless digits, with thousands set apart from 10,000 on.

    >>> number(66.6), number(100.0), number(22000), number(3644.57), number(None)
    ('66.6', '100', '22,000', '3644.57', '')
    """
    if value is None:
        return ""
    text = f"{value:,.10f}".rstrip("0").rstrip(".")
    return text if abs(value) >= 10_000 else text.replace(",", "")


def quantity(row: Any) -> str:
    """A target or reported value in one line: `≥ 100 家`, `3–5 场`, `增加 ≥ 8%`."""
    comparator = row["comparator"]
    if comparator in ("increase_by", "decrease_by"):
        text: str = _("增加") if comparator == "increase_by" else _("减少")
        return text + NO_BREAK + _amount(row, row["bound"] or "=")
    return _amount(row, comparator) + _from_baseline(row)


def numbered(number: str | None, text: str) -> str:
    """A heading with its number as the text writes it; a bare number gets the sign that usually follows it.

    >>> numbered("一、", "深化改革"), numbered("二", "提升能力"), numbered("3.", "平台"), numbered(None, "附则")
    ('一、深化改革', '二、提升能力', '3. 平台', '附则')
    """
    if not number:
        return text
    after = "、" if number[-1].isalnum() else " " if number[-1].isascii() else ""
    return number + after + text


def day(moment: str | None) -> str:
    """The day of a date or time.

    >>> day("2017-02-16T19:43:00"), day(None)
    ('2017-02-16', '')
    """
    return (moment or "")[:10]


def minute(moment: str | None) -> str:
    """A time as precise as it was published, at most to the minute.

    >>> minute("2017-02-16T19:43:00"), minute("2017-02-16")
    ('2017-02-16 19:43', '2017-02-16')
    """
    return (moment or "").replace("T", " ").removesuffix("Z")[:16]


def moment(at: datetime | None) -> str:
    """A moment of the database on China's clock, to the minute.

    >>> moment(datetime(2026, 12, 31, 17))
    '2027-01-01 01:00'
    """
    return f"{local(at):%Y-%m-%d %H:%M}" if at else ""


def _amount(row: Any, comparator: str) -> str:
    after = _unit(row["unit"] or "")
    if comparator == "range" or row["value"] is None:
        return f"{number(row['value_min'])}–{number(row['value_max'])}{after}"
    sign = _("约") if comparator == "~" else _SIGNS.get(comparator, comparator)
    return f"{sign}{NO_BREAK if sign else ''}{number(row['value'])}{after}"


def _unit(unit: str) -> str:
    """What follows a number; an English name that is a number itself is multiplied by: 6 × 100 million yuan."""
    if unit in ("", "%", "‰"):
        return unit
    english = english_unit(unit)
    if not english:
        return NO_BREAK + unit
    return f" × {english}" if english[0].isdigit() else f" {english}"


def _from_baseline(row: Any) -> str:
    return "" if row.get("baseline") is None else _("（基数 %(number)s）", number=number(row["baseline"]))
