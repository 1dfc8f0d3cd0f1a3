"""What was counted since it was last written down: in memory, from any thread."""

from __future__ import annotations

import collections
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from portal.storage import Storage
from portal.storage.usage import add_usage, add_views

Used = tuple[date, str, str]
"""A day, a collection (or the whole site) and what was done."""
MOST = 100_000
"""Names that are kept while nothing can be written: what comes beyond is not counted, so that memory stays bounded."""


@dataclass
class Counts:
    """Views by page, and uses by day, collection and kind."""

    views: collections.Counter[str] = field(default_factory=collections.Counter)
    used: collections.Counter[Used] = field(default_factory=collections.Counter)

    def __bool__(self) -> bool:
        return bool(self.views or self.used)


class Counter:
    """Counts, and hands on what was counted exactly once."""

    def __init__(self) -> None:
        self._counts, self._lock = Counts(), Lock()

    def count(self, day: date, uses: Iterable[tuple[str, str]], page: str | None = None) -> None:
        """One more of each use, a collection and a kind; one more view of the page, if there is one."""
        with self._lock:
            if len(self._counts.views) + len(self._counts.used) >= MOST:
                return
            self._counts.used.update((day, collection, kind) for collection, kind in uses)
            if page:
                self._counts.views[page] += 1

    def write_down(self, storage: Storage) -> bool:
        """Add what was counted to what is kept; whether there was anything. What can't be written stays counted."""
        with self._lock:
            taken, self._counts = self._counts, Counts()
        if not taken:
            return False
        try:
            with storage.session() as session:
                add_views(session, taken.views)
                add_usage(session, taken.used)
        except BaseException:
            self._give_back(taken)
            raise
        return True

    def _give_back(self, taken: Counts) -> None:
        with self._lock:
            self._counts.views.update(taken.views)
            self._counts.used.update(taken.used)
