"""What the portal keeps of its own, apart from what is published: a database, a secret, messages that wait."""

from __future__ import annotations

import stat
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


class PrivateError(Exception):
    """A private folder that others can get at, or that can't be written; the message is a sentence for people."""


def open_private(folder: Path) -> Private:
    """Open it, brought up to date; PrivateError, StorageError or WeakSecretError says in words what is wrong."""
    _close_to_others(folder)
    key = secret(folder)
    storage = open_storage(database_url(folder))
    migrate(storage)
    return Private(folder, storage, key)


def _close_to_others(folder: Path) -> None:
    """Only the owner may enter the folder and open what lies in it, however it came there."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in (folder, *folder.iterdir()):
            open_to_others = stat.S_IMODE(path.lstat().st_mode) & 0o077
            if open_to_others and not path.is_symlink():
                path.chmod(0o700 if path.is_dir() else 0o600)
    except OSError as error:
        raise PrivateError(
            f"{error.filename} 的权限不对（{error.strerror}）：请让运行网站的用户拥有这个目录及其中的文件。"
        ) from error
