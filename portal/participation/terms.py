"""What `metadata.yml` says of participation: names of kinds, promised working days, public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.site import Site
from portal.participation.calendar import after
from portal.participation.kinds import KINDS


@dataclass(frozen=True)
class Terms:
    """The site's own words and promises; what it leaves out is as the platform has it."""

    site: Site

    @property
    def _own(self) -> dict[str, Any]:
        return self.site.metadata["site"].get("participation") or {}

    def title(self, kind: str, language: str = "zh") -> str:
        """What the site calls a kind."""
        own = self._own.get(kind) or {}
        chosen = own.get("title_en") if language == "en" else None
        return str(chosen or own.get("title") or KINDS[kind].title)

    def days(self, kind: str) -> int:
        """The promised working days; 0 where nothing is promised."""
        return int((self._own.get(kind) or {}).get("days", KINDS[kind].days))

    def due(self, kind: str, received: date) -> date:
        """The day until which an answer is promised."""
        return after(received, self.days(kind), self._holidays)

    def takes(self, kind: str) -> bool:
        """Whether requests of that kind are taken here."""
        return self.site.official or not KINDS[kind].only_official

    def address(self, path: str) -> str:
        """A page of the site in full, as a letter names it."""
        return self.site.address + path

    @property
    def _holidays(self) -> frozenset[date]:
        return frozenset(date.fromisoformat(str(day)) for day in self._own.get("holidays") or ())
