"""The reading side of builds: which folder of a collection is current, and the last good one where it is damaged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.releasing import descriptor
from etl.releasing.manifest import is_release, is_sound, read_manifest

POINTER = "current.json"


@dataclass(frozen=True)
class Build:
    """One immutable folder of a collection; `warning` says in words when it is not the one that was meant."""

    collection: str
    folder: Path
    version: str
    content_hash: str
    inputs_hash: str = ""
    warning: str | None = None
    released_on: str | None = None
    counter: int = 0

    @property
    def is_draft(self) -> bool:
        """Whether it was never released: pages must say so."""
        return not is_release(self.folder.name)

    @property
    def database(self) -> Path:
        """The SQLite database."""
        return self.folder / f"{self.collection}.db"

    @property
    def descriptor(self) -> Path:
        """The plain data package descriptor."""
        return self.folder / descriptor.FILE

    @property
    def data(self) -> Path:
        """The folder of CSV files, one a table."""
        return self.folder / "data"

    def source_text(self, source_id: str) -> Path:
        """The file with the masked text of a source; see `read_source` for its characters."""
        return self.folder / "sources" / f"{source_id}.txt"

    def read_source(self, source_id: str) -> str:
        """The masked text with its line ends as they are: offsets in all tables count its characters."""
        return self.source_text(source_id).read_bytes().decode("utf-8")


def current(releases: Path, collection: str) -> Build | None:
    """The build to serve: the current one, else the newest that is sound, else none."""
    home = releases / collection
    pointed = _pointed(home)
    if pointed and is_sound(pointed.folder):
        return pointed
    return next(_newest_sound(home, lost=pointed is not None or (home / POINTER).exists()), None)


def builds(releases: Path) -> tuple[Build, ...]:
    """The build to serve of every collection that has one, by name."""
    names = sorted(p.name for p in folders(releases))
    return tuple(build for name in names if (build := current(releases, name)))


def folders(home: Path) -> list[Path]:
    """The folders that stand under their final names; what is being built or thrown away begins with a dot."""
    try:
        return [p for p in home.iterdir() if p.is_dir() and not p.name.startswith(".")]
    except OSError:
        return []


def last_used(folder: Path) -> float:
    """When a folder was named or last ceased to be current: its own time of change."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def _pointed(home: Path) -> Build | None:
    try:
        pointer = json.loads((home / POINTER).read_bytes())
        folder = home / Path(pointer["folder"]).name
        facts = (pointer["version"], pointer["content_hash"], pointer["inputs_hash"])
        released_on, counter = pointer.get("released_on"), pointer.get("counter", 0)
        return Build(home.name, folder, *facts, released_on=released_on, counter=counter)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _newest_sound(home: Path, lost: bool) -> Iterator[Build]:
    for folder in sorted(folders(home), key=last_used, reverse=True):
        if is_sound(folder):
            manifest = read_manifest(folder)
            warning = (
                f"{home.name} 的当前版本已损坏或缺失，改用 {folder.name}：请重新运行 make build。" if lost else None
            )
            facts = (manifest.version, manifest.content_hash, "", warning)
            yield Build(home.name, folder, *facts, manifest.released_on or None, manifest.counter)
