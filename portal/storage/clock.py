"""The time as the database keeps it: UTC without a zone, as Flask-Security writes it too."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC).replace(tzinfo=None)
