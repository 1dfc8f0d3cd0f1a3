"""How often a collection promises to be brought up to date, and whether it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DAYS = {"实时": 2, "每日": 2, "每周": 8, "每月": 32, "每季度": 93, "每半年": 185, "每年": 367}
"""Days within which the next release should come; a day or two of grace."""


@dataclass(frozen=True)
class Promise:
    """The frequency in words, the last release, and whether it came in time; `None` where nothing is promised."""

    frequency: str
    last: str
    days: int | None
    kept: bool | None


def promise(frequency: str, last: str, today: str) -> Promise:
    """The promise and whether it is kept today.

    >>> promise("每月", "2026-11-01", "2026-11-24").kept, promise("每月", "2026-09-01", "2026-11-24").kept
    (True, False)
    >>> promise("不定期", "2026-11-01", "2026-11-24").kept is None
    True
    """
    if not last:
        return Promise(frequency, last, None, None)
    # A release may be dated by its inputs, which lie ahead in tests and time zones.
    passed = max(0, (date.fromisoformat(today) - date.fromisoformat(last)).days)
    allowed = DAYS.get(frequency)
    return Promise(frequency, last, passed, None if allowed is None else passed <= allowed)
