"""What a row says of itself when it asks for its id, and who gives it one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

QUOTE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Claim:
    """A row read or curated now; `replaces` are the sources (newest first) that its source replaces.

    `label` tells rows with the same quote apart (an indicator's name, a role), `value` is the number as written.
    Rows that stand in no text (`start` is None) are the same when table, source and label are.
    """

    table: str
    proposal: str
    source: str = ""
    start: int | None = None
    end: int | None = None
    quote: str = ""
    label: str = ""
    value: str = ""
    replaces: tuple[str, ...] = ()


class Ids(Protocol):
    """Gives each row its id: a known one where the row is known, else a new one."""

    def match(self, claims: Sequence[Claim]) -> list[str]:
        """The id of each claim, in order."""

    def keep(self, table: str, row_id: str, names: Sequence[str]) -> None:
        """Record an id that people gave; rows once read under these names are then this one."""


def written_value(value: float | None, low: float | None, high: float | None, unit: str | None) -> str:
    """The number by which a row is known again.

    >>> written_value(66.6, None, None, "%"), written_value(None, 3.0, 5.0, "场")
    ('66.6%', '3-5场')
    """
    return "-".join(f"{n:.12g}" for n in (value, low, high) if n is not None) + (unit or "")
