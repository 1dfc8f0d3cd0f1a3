"""What background jobs were, what they said and how they ended: a folder each, kept for a while."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.storage.clock import now

WHAT, OUTPUT, CODE = "job.json", "output.txt", "code.txt"
KEPT = 20
LONGEST = 20_000


@dataclass(frozen=True)
class Job:
    """A command that runs or ran by itself."""

    folder: Path
    arguments: tuple[str, ...]
    begun_at: str
    by: str

    @property
    def output(self) -> str:
        """What it has said so far, at most the end of it."""
        try:
            return (self.folder / OUTPUT).read_bytes()[-LONGEST:].decode("utf-8", "replace").strip()
        except OSError:
            return ""

    @property
    def code(self) -> int | None:
        """How it ended: 0 is well; none while it runs, or where it was cut off."""
        try:
            return int((self.folder / CODE).read_text("ascii"))
        except (OSError, ValueError):
            return None


def begun(home: Path, arguments: Sequence[str], by: str) -> Job:
    """Keep that a job begins; of old ones only the newest stay."""
    at = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    folder = home / f"{at.replace(':', '')}-{secrets.token_hex(3)}"
    folder.mkdir(parents=True, mode=0o700)
    told = {"arguments": list(arguments), "begun_at": at, "by": by}
    (folder / WHAT).write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    for old in sorted(home.iterdir())[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return Job(folder, tuple(arguments), at, by)


def of(home: Path) -> list[Job]:
    """The jobs on record, the newest first."""
    folders = sorted(home.iterdir(), reverse=True) if home.is_dir() else []
    return [job for folder in folders if (job := _read(folder))]


def _read(folder: Path) -> Job | None:
    try:
        told = json.loads((folder / WHAT).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return Job(folder, tuple(told["arguments"]), told["begun_at"], told["by"])
