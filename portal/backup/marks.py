"""Who was deleted, kept beside the database: when an old backup is restored, they stay deleted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from portal.frame.door import private
from portal.personal import deleted

FILE = "deletions.csv"
_MARK = re.compile(r"[0-9a-f]{64}")


def keep_marks() -> None:
    """A chore: write down the marks that the file does not have yet."""
    with private().storage.session() as session:
        marks = deleted(session)
    add(private().folder, marks)


def add(folder: Path, marks: Iterable[str]) -> None:
    """Write down marks that are not there yet, for good."""
    new = sorted(set(marks) - set(read(folder)))
    if not new:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="ascii") as out:
        # A line that a kill cut off ends here, and is no mark.
        out.write("".join(f"\n{mark}" for mark in new) + "\n")
        out.flush()
        os.fsync(out.fileno())


def read(folder: Path) -> list[str]:
    """The marks that are written down."""
    path = folder / FILE
    lines = path.read_text("ascii", errors="replace").splitlines() if path.is_file() else []
    return [line for line in lines if _MARK.fullmatch(line)]
