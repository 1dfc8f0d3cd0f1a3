"""Indicators: the vocabulary's, and proposed ones for targets that it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.assembling.organisations import names_of
from etl.assembling.slugs import initials
from etl.assembling.taken import Draft, Link, settle
from etl.claim import Claim, Ids
from etl.document import Quantity
from etl.tables import Row

_COUNTED = ("净增", "新增", "新认定", "新建", "累计")
"""Words that make another indicator of the same name: a number added is no total."""

_CHANGES = {"increase_by": ("增速", "增量"), "decrease_by": ("降幅", "减量")}
"""A change is no level: the share by which something grows, or the number."""
_CHANGE_WORDS = ("增速", "增幅", "增长率", "涨幅", "降幅", "增量", "减量")
_RELATIVE = ("%", "‰", "个百分点")


class Catalogue:
    """Indicators by id, and the proposed ones by name."""

    def __init__(self, vocabulary: Sequence[Row], prefix: str, ids: Ids, link: Link) -> None:
        self._prefix, self._ids, self._link = prefix, ids, link
        self._proposed: dict[str, str] = {}
        self._new: dict[str, tuple[str | None, str | None]] = {}
        self._known = {row["name"] for row in vocabulary}
        self._slugs = {row["indicator_id"]: str(row["slug"]) for row in vocabulary}
        for row in vocabulary:
            ids.keep("indicator", row["indicator_id"], names_of(row, "synonyms_text"))

    def indicator_of(self, quantity: Quantity) -> str | None:
        """The id of the indicator that a quantity speaks of, if any."""
        linked = self._link(quantity)[0]
        return linked or next((i for n in proposed_names(quantity) if (i := self._proposed.get(n))), None)

    def slug(self, indicator_id: str) -> str:
        """The short name of an indicator."""
        return self._slugs[indicator_id]

    def see(self, quantities: Iterable[Quantity]) -> None:
        """Note the names that the vocabulary does not link; a name that is taken is never reused."""
        for quantity in quantities:
            free = next((n for n in proposed_names(quantity) if n not in self._known), None)
            if free and free not in self._new and self._link(quantity)[0] is None:
                self._new[free] = _counted(quantity), quantity.unit

    def propose(self) -> list[Row]:
        """Enter an indicator for each name that was noted; returns their rows."""
        rows = settle(self._ids, "indicator_id", [self._draft(name) for name in sorted(self._new)])
        rows = [self._with_slug(row) for row in rows]
        self._slugs |= {row["indicator_id"]: row["slug"] for row in rows}
        self._proposed = {row["name"]: row["indicator_id"] for row in rows}
        return rows

    def _draft(self, name: str) -> Draft:
        qualifier, unit = self._new[name]
        row: Row = {"name": name, "qualifier": qualifier, "unit": unit, "status": "proposed"}
        return Draft(row, Claim("indicator", f"{self._prefix}-{initials(name)}", label=name))

    def _with_slug(self, row: Row) -> Row:
        return {**row, "slug": row["indicator_id"].removeprefix(f"{self._prefix}-")}


def proposed_names(quantity: Quantity) -> tuple[str, str]:
    """Names for a proposed indicator: as written, with what makes it another thing; and the same with its unit."""
    word = _counted(quantity)
    name = f"{word}{quantity.name}" if word and not quantity.name.startswith(word) else quantity.name
    change = _CHANGES.get(quantity.comparator)
    if change and not name.endswith(_CHANGE_WORDS):
        name += change[quantity.unit not in _RELATIVE]
    return name, f"{name}（{quantity.unit or '无单位'}）"


def _counted(quantity: Quantity) -> str | None:
    return next((w for w in _COUNTED if w in (quantity.subject_qualifier or "")), None)
