"""Statements in the making: what is known of a number before it becomes a row."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.extracting.mentions import Mention
from etl.extracting.peeling import Head


@dataclass(slots=True)
class Draft:
    """A number with its head and what stands behind it; `names` are the subjects that it is said of."""

    mention: Mention
    head: Head
    lead: str
    start: int
    end: int
    clause: int
    after: str = ""
    after_end: int = 0
    names: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    baseline: float | None = None
    change: str = ""
    confidence: float = 0.97
    reject: str = ""
    continues: bool = False

    @property
    def verbs(self) -> list[str]:
        """The verbs that the statement stands under."""
        return self.head.verbs
