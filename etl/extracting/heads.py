"""A clause before its number: the noun that names the indicator, and all that was taken off it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Head:
    """A clause before its number: the noun that is left, and all that was taken off it."""

    name: str
    start: int = 0
    scopes: list[str] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    bound: str = ""
    change: str = ""
    level: bool = False
    share: str = ""
    acted: bool = False
    linked: bool = False
    wording: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all stood before the number but separators."""
        return not (self.name or self.verbs or self.bound or self.change or self.level or self.linked)
