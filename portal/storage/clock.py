"""The time as the database keeps it: UTC without a zone, as Flask-Security writes it too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC).replace(tzinfo=None)


def local(moment: datetime) -> datetime:
    """A moment of the database on China's clock.

    >>> local(datetime(2026, 12, 31, 17)).isoformat()
    '2027-01-01T01:00:00+08:00'
    """
    return moment.replace(tzinfo=UTC).astimezone(CHINA)
