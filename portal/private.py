"""What the portal keeps of its own, apart from what is published: a database, a secret, messages that wait."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.secret import secret
from portal.storage import Storage, database_url, migrate, open_storage


@dataclass(frozen=True)
class Private:
    """The private folder and what lies in it or is reached from it."""

    folder: Path
    storage: Storage
    secret: str

    @property
    def outbox(self) -> Path:
        """Where messages land that no mail server takes."""
        return self.folder / "outbox"


def open_private(folder: Path) -> Private:
    """Open it, brought up to date; StorageError or WeakSecretError says in words what is wrong."""
    key = secret(folder)
    storage = open_storage(database_url(folder))
    migrate(storage)
    return Private(folder, storage, key)
