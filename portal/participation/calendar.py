"""Days as people here count them: China's clock, working days without weekends and the holidays that a site names."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

from portal.storage.clock import local, now

SATURDAY = 5


def today() -> date:
    """The day it is in China."""
    return local(now()).date()


def after(day: date, working_days: int, holidays: Container[date] = frozenset()) -> date:
    """The last of so many working days after a day.

    >>> after(date(2026, 11, 24), 5).isoformat(), after(date(2026, 9, 30), 1, {date(2026, 10, 1)}).isoformat()
    ('2026-12-01', '2026-10-02')
    """
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= day.weekday() < SATURDAY and day not in holidays
    return day
