"""The figures as they are shown: those last written down; nothing where the database can't tell them now."""

from __future__ import annotations

import collections
import logging
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from portal.storage import Storage
from portal.storage.usage import Usage, times, usage, views_of
from portal.usage.day import today
from portal.usage.kinds import TITLES, VIEW

log = logging.getLogger("portal.usage")
FRESH = 10.0
"""Seconds for which the figures of the whole site are not asked for again: they stand on every page."""


@dataclass(frozen=True)
class Visits:
    """Pages opened on the whole site, on a day and in total."""

    day: date
    today: int
    total: int


@dataclass(frozen=True)
class Months:
    """What was done with a collection: the titles of the kinds that there are, and months with how often, by kind."""

    kinds: dict[str, Any]
    months: list[tuple[str, collections.Counter[str]]]


class Figures:
    """Reads what is kept; a page is shown all the same where that fails."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._visits: tuple[float, Visits] | None = None

    def views(self, path: str) -> int | None:
        """How often a page was viewed."""
        try:
            with self._storage.session() as session:
                return views_of(session, path)
        except SQLAlchemyError as error:
            log.warning("usage figures can't be read: %s", type(error).__name__)
            return None

    def visits(self) -> Visits | None:
        """How many pages were opened today and in total."""
        now, day = time.monotonic(), today()
        if self._visits is None or now - self._visits[0] > FRESH or self._visits[1].day != day:
            try:
                with self._storage.session() as session:
                    self._visits = (now, Visits(day, times(session, VIEW, day), times(session, VIEW)))
            except SQLAlchemyError as error:
                log.warning("usage figures can't be read: %s", type(error).__name__)
                return None
        return self._visits[1]

    def by_month(self, collection: str, most: int = 12) -> Months:
        """What was done with a collection in each of the last months that have anything, the newest first."""
        months: dict[str, collections.Counter[str]] = {}
        for row in self.rows(collection):
            months.setdefault(f"{row.day:%Y-%m}", collections.Counter())[row.kind] += row.times
        ranked = sorted(months.items(), reverse=True)[:most]
        return Months({k: t for k, t in TITLES.items() if any(k in n for _, n in ranked)}, ranked)

    def rows(self, collection: str | None = None) -> list[Usage]:
        """What was used by day, of one collection or of all and the site."""
        try:
            with self._storage.session() as session:
                return usage(session, collection)
        except SQLAlchemyError as error:
            log.warning("usage figures can't be read: %s", type(error).__name__)
            return []
