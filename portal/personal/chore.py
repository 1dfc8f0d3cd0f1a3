"""What is done while the site runs so that nothing stays of what was deleted."""

from __future__ import annotations

import time

from flask import current_app

from portal.frame.door import private
from portal.personal.deletions import erase
from portal.storage.clearing import clear
from portal.storage.clock import now

EVERY = 86_400.0
"""Seconds after which the database gives up, too, what was deleted without an account: posts, contact details."""


def erase_left() -> None:
    """A chore: leave nothing of who was deleted in what the database keeps of deleted rows."""
    erase(private().storage)


def clear_daily() -> None:
    """A chore: leave nothing there of what else was deleted; at the start of the site, then once a day."""
    cleared: float | None = current_app.extensions.get("cleared_at")
    if cleared is not None and time.monotonic() < cleared + EVERY:
        return
    if clear(private().storage, now()):
        current_app.extensions["cleared_at"] = time.monotonic()
