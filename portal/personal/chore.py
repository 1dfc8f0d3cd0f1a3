"""What is done about deleted accounts while the site runs."""

from __future__ import annotations

from portal.frame.door import private
from portal.personal.deletions import erase


def erase_left() -> None:
    """A chore: leave nothing of who was deleted in the database's own log."""
    erase(private().storage)
