"""The reading side of builds: which folder of a collection is current, and the last good one where it is damaged."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from etl.releasing import descriptor
from etl.releasing.manifest import is_release, is_sound, read_manifest

POINTER = "current.json"
BEING_SWITCHED = 60.0
"""Seconds for which a new release may stand before the pointer names it: a publisher is at work."""
_LOG = logging.getLogger(__name__)


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
    """The build to serve: the current one, else the last good one, said loudly; none where nothing is sound."""
    home = releases / collection
    pointed = pointed_at(home)
    if pointed and is_sound(pointed.folder):
        return _looked_after(home, pointed)
    return next(_last_good(home, pointed), None)


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


def pointed_at(home: Path) -> Build | None:
    """The build that the pointer names, sound or not."""
    try:
        pointer = json.loads((home / POINTER).read_bytes())
        folder = home / Path(pointer["folder"]).name
        facts = (pointer["version"], pointer["content_hash"], pointer["inputs_hash"])
        released_on, counter = pointer.get("released_on"), pointer.get("counter", 0)
        return Build(home.name, folder, *facts, released_on=released_on, counter=counter)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def rolled_back_from(home: Path) -> str | None:
    """The version from which someone went back on purpose, if the pointer says so."""
    try:
        found: str | None = json.loads((home / POINTER).read_bytes()).get("rolled_back_from")
    except (OSError, ValueError, AttributeError):
        return None
    return found


def _looked_after(home: Path, build: Build) -> Build:
    """The build, with a warning where a newer release stands beside it and nobody went back on purpose."""
    newest = max((f for f in folders(home) if is_release(f.name)), key=_age, default=build.folder)
    is_newer = _age(newest)[1][:3] > _age(build.folder)[1][:3]
    if not is_newer or build.is_draft or time.time() - last_used(newest) < BEING_SWITCHED:
        return build
    if rolled_back_from(home) or not is_sound(newest):
        return build
    return _told(build, f"{home.name} 正在使用旧版 {build.version}，另有更新的 {newest.name}：请运行 make build。")


def _last_good(home: Path, pointed: Build | None) -> Iterator[Build]:
    """Every sound folder, the best first: no newer than the one that was meant, releases before drafts."""
    lost = pointed is not None or (home / POINTER).exists()
    meant = _age(pointed.folder) if pointed and is_release(pointed.folder.name) else None
    order = sorted(folders(home), key=lambda f: (meant is None or _age(f)[:2] <= meant[:2], *_age(f)), reverse=True)
    for folder in order:
        if is_sound(folder):
            manifest = read_manifest(folder)
            facts = (manifest.version, manifest.content_hash, "", None, manifest.released_on or None, manifest.counter)
            build = Build(home.name, folder, *facts)
            said = f"{home.name} 的当前版本已损坏或缺失，改用 {folder.name}：请重新运行 make build。"
            yield _told(build, said) if lost else build


def _age(folder: Path) -> tuple[bool, tuple[int, ...], float]:
    """What makes a folder newer than another: a release before a draft, then the version, then its time."""
    if not is_release(folder.name):
        return False, (), last_used(folder)
    numbers = tuple(int(n) for n in re.findall(r"\d+", folder.name))
    return True, numbers, last_used(folder)


def _told(build: Build, warning: str) -> Build:
    _say(build.folder, warning)
    return replace(build, warning=warning)


@lru_cache(maxsize=256)
def _say(_folder: Path, warning: str) -> None:
    """Say it once a process and folder, on standard error unless the program logs elsewhere."""
    _LOG.warning(warning)
