"""Which day it is where the readers are."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


def today() -> date:
    """The day in Beijing, which all of China goes by."""
    return datetime.now(BEIJING).date()
