"""Values as cells of a CSV file and back: one way to write each value, what spreadsheets write read kindly."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_TRUE, _FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")


def canonical(value: Any) -> str:
    """A value as its one way of being written.

    >>> [canonical(v) for v in (66.60, 100.0, 1e16, True, None, "0321", -0.0)]
    ['66.6', '100', '10000000000000000', 'true', '', '0321', '0']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number_text(value) if isinstance(value, float) else str(value)


def value_of(type_name: str, cell: str) -> Any:
    """The value of a cell by its Table Schema type; ValueError where it is none of that type.

    >>> value_of("number", "66.60"), value_of("string", "66.60"), value_of("boolean", "TRUE"), value_of("year", "")
    (66.6, '66.60', True, None)
    """
    return None if cell == "" else _PARSERS.get(type_name, str)(cell)


def expected(type_name: str) -> str:
    """What a cell of that type should hold, in words."""
    return _EXPECTED.get(type_name, "文字")


def _number_text(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} 不是有限的数，请改为数字或留空")
    return format(Decimal(repr(value)), "f").removesuffix(".0") if value else "0"


def _integer(cell: str) -> int:
    if not _INTEGER.fullmatch(cell):
        raise ValueError(cell)
    return int(cell)


def _number(cell: str) -> float:
    if not _NUMBER.fullmatch(cell) or not math.isfinite(float(cell)):
        raise ValueError(cell)
    return float(cell)


def _boolean(cell: str) -> bool:
    if cell not in (*_TRUE, *_FALSE):
        raise ValueError(cell)
    return cell in _TRUE


def _year(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", cell):
        raise ValueError(cell)
    return int(cell)


def _date(cell: str) -> str:
    if len(cell) != len("2017-02-16"):
        raise ValueError(cell)
    return date.fromisoformat(cell).isoformat()


def _datetime(cell: str) -> str:
    if cell[10:11] != "T":
        raise ValueError(cell)
    datetime.fromisoformat(cell)
    return cell


_PARSERS: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "year": _year,
    "date": _date,
    "datetime": _datetime,
}
_EXPECTED = {
    "integer": "整数",
    "number": "数字（不带单位、百分号和千分位逗号）",
    "boolean": "true 或 false",
    "year": "四位年份",
    "date": "2017-02-16 这样的日期",
    "datetime": "2017-02-16T19:43:00Z 这样的时间",
}
