"""New ids: the one proposed where it is free, else the next of its series (`.p013`) or a counter (`-2`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.declaration import RESERVED_SLUGS
from etl.releasing.book import Book

_SERIES = re.compile(r"(.*\.(?:cit|[cmpqrt]))([0-9]+)")
_BEFORE_DIGITS, _BEHIND_DIGITS = "0", ":"


class Mint:
    """Gives ids that were never given before; the book grows with what the caller enters."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._highest: dict[str, int] = {}

    def __call__(self, proposal: str) -> str:
        """The proposed id, or the nearest free one."""
        new = next(i for i in self._choices(_allowed(proposal)) if i not in self._book)
        if (series := _SERIES.fullmatch(new)) and series[1] in self._highest:
            self._highest[series[1]] = max(self._highest[series[1]], int(series[2]))
        return new

    def _choices(self, wanted: str) -> Iterable[str]:
        yield wanted
        if series := _SERIES.fullmatch(wanted):
            yield f"{series[1]}{self._highest_of(series[1]) + 1:0{len(series[2])}}"
        yield from (f"{wanted}-{n}" for n in range(2, 1_000_000))

    def _highest_of(self, series: str) -> int:
        """The highest number of a series; looked up once, since the caller enters what is given in between."""
        if series not in self._highest:
            ids = self._book.ids_from(series + _BEFORE_DIGITS, series + _BEHIND_DIGITS)
            found = (match for row_id in ids if (match := _SERIES.fullmatch(row_id)))
            self._highest[series] = max((int(match[2]) for match in found if match[1] == series), default=0)
        return self._highest[series]


def _allowed(proposal: str) -> str:
    """A slug that an address needs for itself gets a counter.

    >>> _allowed("abc-2017-1.history"), _allowed("abc-2017-1.rd-intensity")
    ('abc-2017-1.history-1', 'abc-2017-1.rd-intensity')
    """
    return f"{proposal}-1" if proposal.rsplit(".", 1)[-1] in RESERVED_SLUGS else proposal
