"""The files of the private folder: all but the database, which is copied in its own way, and what can be made again."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterator
from pathlib import Path

from portal.backup.marks import FILE as MARKS
from portal.storage.engine import FILE as DATABASE

PLACE = "private"
LEFT_OUT = ("cache",)
RELEASE_KEY = "release.key"


def kept(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file to keep with its name in the archive."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and _is_kept(inside):
            yield f"{PLACE}/{inside.as_posix()}", path


def put(unpacked: Path, folder: Path) -> list[str]:
    """Put the files of a backup in place; the names of those that differ from what was there.

    A signing key that is there stays: what was signed with it must stay valid. Marks of deleted accounts are added.
    """
    changed = []
    for name, path in kept(unpacked):
        inside = name.removeprefix(f"{PLACE}/")
        target = folder / inside
        is_other = target.is_file() and not filecmp.cmp(path, target, shallow=False)
        if is_other:
            changed.append(inside)
        if inside == MARKS or (inside == RELEASE_KEY and target.is_file()):
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(path, target)  # noqa: PTH105 - in one step, over what is there
    return changed


def _is_kept(inside: Path) -> bool:
    first = inside.parts[0]
    is_hidden = any(part.startswith(".") for part in inside.parts)
    return first not in LEFT_OUT and not first.startswith(DATABASE) and not is_hidden
