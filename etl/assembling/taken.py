"""One captured source and what was read in it, and how rows get their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from etl.claim import Claim, Ids
from etl.document import Document, Extraction, Held, Parsed, Quantity
from etl.tables import Row

Link = Callable[[Quantity], tuple[str | None, float]]
"""The indicator of the vocabulary that a quantity speaks of, if any, and how sure that is."""


@dataclass(frozen=True)
class Taken:
    """A row of `sources.csv` with what was read; `replaces` are the checksums of earlier captures, newest first."""

    source: Row
    document: Document
    parsed: Parsed
    extraction: Extraction
    replaces: tuple[str, ...] = ()
    released: tuple[Held, ...] = ()
    """What a rule would hold back and an editor lets stand."""

    @property
    def sha256(self) -> str:
        """Checksum of the source's bytes."""
        return str(self.source["sha256"])

    @cached_property
    def masked(self) -> str:
        """The text as it may be published."""
        return self.document.masked

    @property
    def found(self) -> tuple[Held, ...]:
        """All that the rules hold back, released by an editor or not."""
        return tuple(sorted({*self.document.held, *self.released}, key=lambda h: (h.start, h.end, h.rule)))

    @property
    def is_current(self) -> bool:
        """Whether no later capture replaces this one; only then its notice is read into rows."""
        return not self.source["replaced_by"]


@dataclass(frozen=True)
class Draft:
    """A row that waits for its id."""

    row: Row
    claim: Claim


def settle(ids: Ids, key: str, drafts: Sequence[Draft]) -> list[Row]:
    """The rows with their ids in the column `key`."""
    return [{key: row_id, **d.row} for row_id, d in zip(ids.match([d.claim for d in drafts]), drafts, strict=True)]


@dataclass(frozen=True)
class Noticed:
    """A notice that has its id, with the rows below it that later rows point to."""

    notice_id: str
    taken: Taken
    passages: tuple[Row, ...] = ()
    chapters: tuple[Row, ...] = ()
    tasks: tuple[Row, ...] = ()

    def holding(self, part: str, rows: Iterable[Row]) -> Noticed:
        """The same notice with its rows of one more table."""
        return replace(self, **{part: tuple(rows)})  # type: ignore[arg-type]

    def claim(self, table: str, suffix: str, start: int, end: int, label: str = "", value: str = "") -> Claim:
        """The claim of a row that stands at this place of the notice's text."""
        place = (start, end, self.taken.masked[start:end])
        proposal = f"{self.notice_id}.{suffix}"
        return Claim(table, proposal, self.taken.sha256, *place, label, value, self.taken.replaces)


def innermost(rows: Iterable[Row], position: int) -> Row | None:
    """The row with the shortest span that holds the position, if any.

    >>> innermost([{"start": 0, "end": 9}, {"start": 2, "end": 5}], 3)
    {'start': 2, 'end': 5}
    """
    holding = [r for r in rows if r["start"] <= position < r["end"]]
    return min(holding, key=lambda r: r["end"] - r["start"], default=None)
