"""Second statements of the same target, and headlines that repeat the body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from etl.document import Notice, Quantity
from etl.extracting.layout import Layout
from etl.extracting.measures import Mention

_LONGEST_HEADLINE, _SHORTEST_TITLE, _BACK = 50, 6, 24
_PURPOSE = re.compile(r"为(?:了)?(?:实现|完成|达到|确保)[^，。；]{0,20}$")


def _key(row: Quantity) -> tuple[object, ...]:
    return row.name, row.comparator, row.value, row.value_min, row.value_max, row.unit, row.year


def flag_repeats(rows: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """The rows, each second statement of the same target flagged `dup`."""
    seen: set[tuple[object, ...]] = set()
    flagged = []
    for row in rows:
        key = _key(row)
        flagged.append(replace(row, flags=tuple(sorted({*row.flags, "dup"}))) if key in seen else row)
        seen.add(key)
    return tuple(flagged)


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


@dataclass(frozen=True)
class Headlines:
    """Tells the numbers of titles and headings which the body states again."""

    layout: Layout
    notice: Notice
    mentions: tuple[Mention, ...]

    def repeats(self, mention: Mention) -> bool:
        """Whether a number stands in a title, or in a heading or purpose clause and again in the body."""
        line = self._line(mention.start)
        if line in self._titles:
            return True
        if not self._is_headline(line) and not self._is_purpose(mention.start):
            return False
        alike = self._of_the_body.get((mention.value, mention.low), ())
        return any(self._same_unit(mention.unit or "", unit) for unit in alike)

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        titles = map(_squeezed, (self.notice.title, self.notice.attached_title))
        return tuple(title for title in titles if len(title) > _SHORTEST_TITLE)

    @cached_property
    def _of_the_body(self) -> dict[tuple[float | None, float | None], set[str]]:
        """The units of the running text's numbers, by value."""
        found: dict[tuple[float | None, float | None], set[str]] = {}
        for mention in self.mentions:
            if not self._is_headline(self._line(mention.start)):
                found.setdefault((mention.value, mention.low), set()).add(mention.unit or "")
        return found

    def _line(self, at: int) -> str:
        start = self.layout.line_start(at)
        if start not in self._lines:
            end = self.layout.flow.text.find("\n", at)
            self._lines[start] = self.layout.flow.text[start : end if end >= 0 else None]
        return self._lines[start]

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {}

    def _is_purpose(self, at: int) -> bool:
        """Whether a number stands in a purpose clause (为了实现…)."""
        lead = self.layout.flow.text[max(0, at - _BACK) : at]
        return "为" in lead and _PURPOSE.search(lead) is not None

    def _is_headline(self, line: str) -> bool:
        return len(line) <= _LONGEST_HEADLINE and line[-1:] not in "。；;！"

    @staticmethod
    def _same_unit(one: str, other: str) -> bool:
        """Whether two units agree, the end of one perhaps left out (1200亿, 1200亿元)."""
        return one.startswith(other) or other.startswith(one)
