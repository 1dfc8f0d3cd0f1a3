"""New ids: the one proposed where it is free, else the next of its series (`.p013`) or a counter (`-2`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from etl.declaration import RESERVED_SLUGS

_SERIES = re.compile(r"(.*\.(?:cit|[cmpqrt]))([0-9]+)")


class Mint:
    """Gives ids that were never given before; `taken` grows with what the caller records."""

    def __init__(self, taken: Mapping[str, object]) -> None:
        self._taken = taken
        self._given: set[str] = set()
        self._highest: dict[str, int] = defaultdict(int)
        for row_id in taken:
            self._note(row_id)

    def __call__(self, proposal: str) -> str:
        """The proposed id, or the nearest free one."""
        new = next(i for i in self._choices(_allowed(proposal)) if i not in self._taken and i not in self._given)
        self._given.add(new)
        self._note(new)
        return new

    def _choices(self, wanted: str) -> Iterable[str]:
        yield wanted
        if series := _SERIES.fullmatch(wanted):
            yield f"{series[1]}{self._highest[series[1]] + 1:0{len(series[2])}}"
        yield from (f"{wanted}-{n}" for n in range(2, 1_000_000))

    def _note(self, row_id: str) -> None:
        if series := _SERIES.fullmatch(row_id):
            self._highest[series[1]] = max(self._highest[series[1]], int(series[2]))


def _allowed(proposal: str) -> str:
    """A slug that an address needs for itself gets a counter.

    >>> _allowed("abc-2017-1.history"), _allowed("abc-2017-1.rd-intensity")
    ('abc-2017-1.history-1', 'abc-2017-1.rd-intensity')
    """
    return f"{proposal}-1" if proposal.rsplit(".", 1)[-1] in RESERVED_SLUGS else proposal
