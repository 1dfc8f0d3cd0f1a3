"""What `metadata.yml` says of participation: names of kinds, promised working days, public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from etl.declaration import DeclarationError
from etl.site import Site
from portal.participation.calendar import after
from portal.participation.kinds import KINDS, LETTER


@dataclass(frozen=True)
class Terms:
    """The site's own words and promises; what it leaves out is as the platform has it."""

    site: Site

    @property
    def _own(self) -> dict[str, Any]:
        return self.site.metadata["site"].get("participation") or {}

    def check(self) -> None:
        """Raise DeclarationError, which says in words what is wrong, unless all of it can be understood."""
        unknown = sorted(set(self._own) - {*KINDS, "holidays"})
        try:
            all_known = not unknown and all(self.days(kind) >= 0 for kind in KINDS) and self._holidays is not None
        except (ValueError, TypeError, AttributeError):
            all_known = False
        if not all_known:
            kinds = "、".join(KINDS)
            raise DeclarationError(
                f"metadata.yml 的 site.participation 写得不对：下面只有 {kinds}"
                "（各有 title、title_en 和工作日数 days），以及 holidays"
                "（2027-01-01 这样的日期的列表），请改正后再启动。"
            )

    def title(self, kind: str, language: str = "zh") -> str:
        """What the site calls a kind; letters to a site that is no bureau's go to the site itself."""
        if kind == LETTER and not self.site.official:
            return str(_("给本站写信"))
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

    @property
    def _holidays(self) -> frozenset[date]:
        return frozenset(date.fromisoformat(str(day)) for day in self._own.get("holidays") or ())
