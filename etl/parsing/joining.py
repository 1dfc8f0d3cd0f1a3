"""Line breaks and spaces that a page put inside names, lists and dates, taken out with a way back to the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from etl.parsing.brackets import in_bracket
from etl.parsing.names import is_body
from etl.parsing.rules import rule

_GAP = re.compile(r"(?<=\S)\s+(?=\S)")
_LEFT, _RIGHT = re.compile(r"[^\s、,;:。()〔〕【】\[\]]{0,24}\Z"), re.compile(r"[^\s、,;:。()〔〕【】\[\]]{0,24}:?")
_REACH = 24


@dataclass(frozen=True, slots=True)
class Joined:
    """A text without some of its white space, and where each of its characters stood (one more for its end)."""

    text: str
    places: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as it was."""
        return (self.places[start], self.places[end - 1] + 1) if end > start else (self.places[start],) * 2


def joined_names(text: str) -> Joined:
    """Take out the white space inside names and around the signs of a list.

    >>> joined_names("(责任单位:省发展改革\\n委、\\n省财政厅 省教育厅)").text
    '(责任单位:省发展改革委、省财政厅 省教育厅)'
    """
    return _without(text, _inside_list)


def joined_dates(text: str) -> Joined:
    """Take out the white space beside the digits of a date.

    >>> joined_dates("2019 年 12 月 15\\n日前报送 总结").text
    '2019年12月15日前报送 总结'
    """
    return _without(text, _inside_date)


def _without(text: str, inside: Callable[[str, re.Match[str]], bool]) -> Joined:
    gaps = [gap for gap in _GAP.finditer(text) if inside(text, gap)]
    if not gaps:
        return Joined(text, range(len(text) + 1))
    places: list[int] = []
    at = 0
    for gap in gaps:
        places += range(at, gap.start())
        at = gap.end()
    places += range(at, len(text) + 1)
    return Joined("".join(text[place] for place in places[:-1]), tuple(places))


def _inside_date(text: str, gap: re.Match[str]) -> bool:
    around = text[gap.start() - 1] + text[gap.end()]
    return bool(rule("joints", "date").pattern.fullmatch(around))


def _inside_list(text: str, gap: re.Match[str]) -> bool:
    """Whether the white space parts no two names, nor a list from what follows it."""
    if "\t" in gap.group():
        return False
    left, right = _side(_LEFT, text[max(0, gap.start() - _REACH) : gap.start()]), _RIGHT.match(text, gap.end())
    ahead = right.group() if right else ""
    if not ahead or ahead.endswith(":"):
        return text[gap.end()] in "、,"
    if text[gap.start() - 1] == "、" or (is_body(left + ahead) and not is_body(left)):
        return True
    return "\n" in gap.group() and in_bracket(text, gap.start()) and not (is_body(left) and is_body(ahead))


def _side(shape: re.Pattern[str], text: str) -> str:
    found = shape.search(text)
    return found.group() if found else ""
