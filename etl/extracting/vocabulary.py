"""Which indicator of a vocabulary a quantity speaks of: the same qualifier, name and unit, or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.document import Quantity
from etl.extracting.normalising import normalised

_ADDED = frozenset(
    ("新增", "新增加", "新认定", "新建", "新培育", "新引进", "新设", "新设立", "新获批", "新登记", "净增")
)
_TOTAL = frozenset(("总数", "总量", "累计", "有效期内"))
_LIKE_UNITS = (frozenset("家户个"), frozenset("人名位"), frozenset("项个件"))
_CHANGES = frozenset(("increase_by", "decrease_by"))
_GROWTH = ("增速", "增长率", "增幅", "涨幅", "增长")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A concept of the vocabulary; `qualifier` is the verb or word that is part of it (新增, 净增, 总数)."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    unit: str | None = None
    qualifier: str | None = None


def link(quantity: Quantity, indicators: Sequence[Indicator]) -> tuple[str | None, float]:
    """The id of the indicator that a quantity speaks of and how sure that is; (None, 0) where none or several fit.

    A wrong link is worse than none: 新增, 净增 and 总数 are three things, 农业科技进步贡献率 is not
    科技进步贡献率.
    """
    found = [(surety, indicator.id) for indicator in indicators if (surety := _surety(quantity, indicator))]
    best = max((surety for surety, _ in found), default=0.0)
    ids = {name for surety, name in found if surety == best}
    return (ids.pop(), best) if len(ids) == 1 else (None, 0.0)


def plain_name(name: str) -> str:
    """A name in the form in which names are compared.

    >>> plain_name("“四上” 企业的数量（家）"), plain_name("R＆D投入占gdp的比重")
    ('四上企业数量', 'R&D投入占地区生产总值比重')
    """
    text = unicodedata.normalize("NFKC", name).upper()
    text = re.sub(r"\([^()]*\)|[\s“”\"'‘’的]", "", text)
    return text.replace("GDP", "地区生产总值")


def _surety(quantity: Quantity, indicator: Indicator) -> float:
    """How sure a link is; 0 where it would be wrong."""
    words = frozenset((quantity.subject_qualifier or "").split())
    qualified = _same_qualifier(words, quantity.name, indicator)
    measured = _same_unit(quantity.unit, indicator.unit)
    named = _same_name(quantity, indicator) if qualified and measured else 0.0
    return round(min(qualified, measured, named), 2)


def _same_qualifier(words: frozenset[str], name: str, indicator: Indicator) -> float:
    wanted = indicator.qualifier or ""
    verbs = {word.removeprefix("全年").removeprefix("每年") for word in words}
    if not wanted:
        return 0.0 if verbs & _ADDED or any(name.startswith(word) for word in _ADDED) else 1.0
    if wanted in verbs or name.startswith(wanted):
        return 1.0
    if wanted in _TOTAL:
        stated = bool(verbs & _TOTAL) or any(word in name for word in _TOTAL) or name.endswith(("数", "数量"))
        return 0.0 if verbs & _ADDED or name.startswith(tuple(_ADDED)) else 1.0 if stated else 0.0
    return 0.0


def _same_unit(ours: str | None, theirs: str | None) -> float:
    a, b = normalised(1, ours)[1], normalised(1, theirs)[1]
    if a == b:
        return 1.0
    return 0.85 if any({a, b} <= family for family in _LIKE_UNITS) else 0.0


def _same_name(quantity: Quantity, indicator: Indicator) -> float:
    """Whether a name or synonym is the quantity's; a change is only a level where the indicator is a rate of growth."""
    ours = set(_forms(quantity.name, indicator.qualifier))
    if quantity.comparator in _CHANGES:
        ours = {name + suffix for name in ours for suffix in _GROWTH}
    if ours & set(_forms(indicator.name, indicator.qualifier)):
        return 1.0
    return 0.95 if any(ours & set(_forms(name, indicator.qualifier)) for name in indicator.synonyms if name) else 0.0


def _forms(name: str, qualifier: str | None) -> Iterator[str]:
    """A name with and without the qualifier that may be part of it."""
    plain = plain_name(name)
    yield plain
    if qualifier:
        yield plain.removeprefix(qualifier).removesuffix(qualifier)
