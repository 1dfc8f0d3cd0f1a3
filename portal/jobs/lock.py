"""The lock under which jobs run: whoever holds its file open has it, also after the portal ended."""

from __future__ import annotations

import fcntl
import time
from pathlib import Path
from typing import IO

from flask_babel import gettext as _

from portal.jobs.errors import JobError

LOCK = "jobs.lock"


def locked(folder: Path, patience: float) -> IO[str]:
    """The lock, once it is free; JobError where it is not for so many seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / LOCK).open("a")
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                lock.close()
                raise JobError(_("另一项处理正在进行（例如正在发布），请等它结束后再试。")) from None
            time.sleep(0.1)
        else:
            return lock
