"""The manifest of a build folder: every file's size and hash; its own hash names the folder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.releasing.content import combined_hash, sha256

FILE = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a build folder holds: version, content hash, and per file `bytes` and `sha256`."""

    version: str
    content_hash: str
    files: dict[str, dict[str, Any]]


def write_manifest(version: str, folder: Path) -> str:
    """Write the manifest of all files in the folder; returns the folder's name, `<version>-<12 hex digits>`."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != FILE)
    files = {p.relative_to(folder).as_posix(): {"bytes": p.stat().st_size, "sha256": _digest(p)} for p in paths}
    tables = {Path(path).stem: str(facts["sha256"]) for path, facts in files.items() if path.startswith("data/")}
    manifest = {"version": version, "content_hash": combined_hash(tables), "files": files}
    data = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    (folder / FILE).write_bytes(data)
    return f"{version}-{sha256(data)[:12]}"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; OSError or ValueError where there is none that can be read."""
    return Manifest(**json.loads((folder / FILE).read_bytes()))


def is_sound(folder: Path) -> bool:
    """Whether every file is there as it was written; hashed once a process, then only looked after."""
    try:
        seen = [(folder / name).stat() for name in (FILE, f"{folder.parent.name}.db")]
    except OSError:
        return False
    return _verified(folder, tuple((s.st_ino, s.st_size, s.st_mtime_ns) for s in seen))


@lru_cache(maxsize=64)
def _verified(folder: Path, _seen: tuple[tuple[int, int, int], ...]) -> bool:
    try:
        data = (folder / FILE).read_bytes()
        files = read_manifest(folder).files
        named = folder.name.endswith("-" + sha256(data)[:12])
        return named and all(_digest(folder / path) == facts["sha256"] for path, facts in files.items())
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
