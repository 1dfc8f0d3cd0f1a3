"""Numbers with a unit: found by their digits, then read on through magnitude, unit and bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from operator import attrgetter

from etl.extracting.counting import han_mentions
from etl.extracting.measures import Mention, bound_at, by_role, measured, unit_at

_NUMBER = r"[0-9]+(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_TO = (
    "缩小到|缩小至|降到|降至|下降到|下降至|降低到|提高到|提高至|提升到|达到|达|为"
    "|控制在|不超过|不高于|不低于|超过|稳定在|保持在|在|到|至"
)
_PURE = re.compile(
    r"(?:倍差|之比|系数|指数|收入比|比值|容积率|弹性|强度比|比例)"
    rf"(?:[^，。；、\d]{{0,10}}|(?:由|从)[^，。；、\d]{{0,8}}[\d.]+[^，。；、\d]{{0,6}})(?:{_TO})$"
)
_ENDS_STATEMENT = re.compile(r"以[内下上]|左右|[，。；、！\n）)]|$|的(?:水平|目标)")
_JOINING = ("、", "和", "与")
_CHAIN = re.compile(rf"(?:[、和](?:{_NUMBER}))+")
_POINTS = re.compile(rf"个?(?:[、和与](?:{_NUMBER})个?)+百分点")
_BACK = 40


@cache
def _digits() -> re.Pattern[str]:
    between = "|".join(sorted(map(re.escape, by_role("range")["words"]), key=len, reverse=True))
    colon = "".join(by_role("ratio")["words"])
    first = r"(?:%|[万亿]+元?|[个家元吨人])?"
    return re.compile(
        "(?=[0-9])(?:"  # most places of a text hold no digit: one look at each
        rf"(?P<cut>[0-9]+\.(?![0-9\s]))"
        rf"|(?P<myriads>[0-9]+)万(?P<thousands>[0-9])千"
        rf"|(?P<low>{_NUMBER})(?:{first}(?:{between})(?P<high>{_NUMBER})|[{colon}](?P<ratio>{_NUMBER}))?)"
    )


def find_mentions(text: str) -> list[Mention]:
    """Every number with a unit that the tables know, in order."""
    return sorted((*_with_digits(text), *han_mentions(text)), key=attrgetter("start"))


def _number(text: str) -> float:
    return float(text.replace(",", "") if "," in text else text)


def _with_digits(text: str) -> Iterator[Mention]:
    """Every number in digits that has a unit, or needs none."""
    for match in _digits().finditer(text):
        mention = _READ[match.lastgroup or ""](text, match)
        if mention:
            yield mention


def _plain(text: str, match: re.Match[str]) -> Mention | None:
    """A number, or a range of numbers, with its unit; a ratio such as 收入倍差 needs none."""
    written, highest = match.group("low", "high")
    low, high = _number(written), _number(highest) if highest else None
    start, end = match.span()
    mention = measured(text, start, end, low, high, "number-digits")
    if mention and mention.unit == "个" and text[mention.end + 1 : mention.end + 2] in _JOINING:
        return mention._replace(unit="个百分点", kind="point") if _POINTS.match(text, match.end()) else mention
    if mention or high is not None:
        return mention
    pure = _is_pure(text, match)
    return _bare(text, match.start(), match.end(), low, None) if pure else _before_its_unit(text, match, low)


def _before_its_unit(text: str, match: re.Match[str], value: float) -> Mention | None:
    """分别提高2.1和1.6个百分点: the unit behind the last number is that of all."""
    chain = _CHAIN.match(text, match.end())
    if not chain or "分别" not in text[max(0, match.start() - _BACK) : match.start()]:
        return None
    last = measured(text, match.start(), chain.end(), value, None, "number-digits")
    return last._replace(end=match.end(), tail=match.end(), bound="") if last else None


def _is_pure(text: str, match: re.Match[str]) -> bool:
    """Whether a number without a unit is the value of an indicator that has none."""
    if not _ENDS_STATEMENT.match(text, match.end()):
        return False
    return bool(_PURE.search(text[max(0, match.start() - _BACK) : match.start()]))


def _bare(text: str, start: int, end: int, value: float, unit: str | None, unit_end: int | None = None) -> Mention:
    tail, bound, rule = bound_at(text, unit_end or end)
    rules = ("number-ratio", *((rule,) if rule else ()))
    return Mention(start, end, tail, value, None, None, unit, "ratio", bound, rules)


def _cut_short(text: str, match: re.Match[str]) -> Mention | None:
    """A number whose decimals are lost (约3.亿元): seen, so that it can be refused."""
    unit = unit_at(text, match.end())
    if not unit.word or text[match.start() - 1 : match.start()] in ("", "\n"):
        return None
    return Mention(match.start(), match.end(), unit.end, None, None, None, unit.word, "damaged", "", ("number-digits",))


def _in_myriads(text: str, match: re.Match[str]) -> Mention | None:
    """2万5千公里 is 2.5 万公里."""
    value = float(f"{match['myriads']}.{match['thousands']}")
    mention = measured(text, match.start(), match.end(), value, None, "magnitude")
    return mention._replace(unit="万" + mention.unit) if mention and mention.unit else None


def _ratio(text: str, match: re.Match[str]) -> Mention | None:
    """1:2 is 2; 2.2:1 keeps the one that it is measured by as its unit."""
    if match["low"] == "1":
        return _bare(text, match.start(), match.end(), _number(match["ratio"]), None)
    if match["ratio"] == "1":
        end = match.end("low")
        return _bare(text, match.start(), end, _number(match["low"]), text[end : match.end()], match.end())
    return None


# What reads a number, by the last part of it that was found.
_READ = {"cut": _cut_short, "thousands": _in_myriads, "ratio": _ratio, "low": _plain, "high": _plain}
