"""What goes wrong with backups."""

from __future__ import annotations

from portal.storage import StorageError


class BackupError(StorageError):
    """A backup that can't be made or taken in; the message is a sentence for people."""
