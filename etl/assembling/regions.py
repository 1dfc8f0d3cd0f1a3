"""The region that a quantity is about: named in its qualifier, else the collection's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from etl.tables import Row

_SCOPE = re.compile(r"全(国|省|市|县|区)|[我本](省|市|县|区)")
_OWN_LEVEL = re.compile(r"[省市县区](?![场城域直级内外区辖])")
_LEVELS = {"国": "国", "省": "省", "市": "市", "县": "县", "区": "县"}


@dataclass(frozen=True)
class Regions:
    """The regions of the vocabulary, seen from the one that the collection is about."""

    rows: Sequence[Row]
    own: str | None
    _found: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def row(self, code: str | None) -> Row | None:
        """The row of a region."""
        return self._by_code.get(code or "")

    def full_name(self, body: str) -> str:
        """A body's name with the place that 省市县区 at its beginning stands for in this collection."""
        level = _OWN_LEVEL.match(body)
        region = self._above(_LEVELS[level[0]]) if level else None
        return f"{region['name']}{body[1:]}" if region else body

    def region_of(self, qualifier: str | None) -> tuple[str | None, str | None]:
        """The code of the region, and a note where the text speaks of a region above the collection's own."""
        words = qualifier or ""
        if words not in self._found:
            self._found[words] = self._find(words)
        return self._found[words]

    @property
    def home(self) -> str | None:
        """The collection's own region, where the vocabulary has it."""
        return self.own if self.own in self._by_code else None

    @cached_property
    def _by_code(self) -> dict[str, Row]:
        return {r["region_code"]: r for r in self.rows}

    def _find(self, qualifier: str) -> tuple[str | None, str | None]:
        named, scope = self._named(qualifier), _SCOPE.search(qualifier)
        if named or not scope:
            return named or self.home, None
        return self._at_level(scope[0], _LEVELS[scope[1] or scope[2]])

    def _named(self, qualifier: str) -> str | None:
        """The region whose name, with or without 省市县区, the qualifier holds; the longest name counts."""
        names = [(n, r["region_code"]) for r in self.rows for n in (r["name"], short_name(r["name"])) if n in qualifier]
        return max(names, key=lambda pair: len(pair[0]), default=(None, None))[1]

    def _at_level(self, words: str, level: str) -> tuple[str | None, str | None]:
        here, above = self.row(self.own), self._above(level)
        if here is None or above is None or above is here:
            return self.home, None
        return above[
            "region_code"
        ], f"原文作“{words}”，按{above['name']}计；公文由{here['name']}的机关印发，是否有误，原文不明"

    def _above(self, level: str) -> Row | None:
        """The collection's region, or the one above it, of this level."""
        region = self.row(self.own)
        while region and region["level"] != level:
            region = self.row(region["parent_code"])
        return region


def short_name(name: str) -> str:
    """A region's name without its kind.

    >>> short_name("青禾市"), short_name("青禾高新区"), short_name("东塘县")
    ('青禾', '青禾高新区', '东塘')
    """
    bare = re.sub(r"[省市县区]$", "", name)
    return bare if len(bare) >= 2 and not name.endswith("新区") else name
