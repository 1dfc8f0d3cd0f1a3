"""The reading side of releases: which there are, and which ids were withdrawn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.releasing.current import Build, folders
from etl.releasing.difference import Change, difference
from etl.releasing.manifest import Manifest, archive_name, is_release, is_sound, read_manifest

__all__ = ["Change", "Release", "Withdrawal", "difference", "release", "releases", "withdrawn"]

WITHDRAWN = "withdrawn.json"


@dataclass(frozen=True)
class Release:
    """One published version, immutable; serve only what is `verified`."""

    collection: str
    version: str
    folder: Path
    date: str
    counter: int
    content_hash: str
    parent: str | None
    redactions: int = 0

    @property
    def verified(self) -> bool:
        """Whether signature and all hashes hold; looked into once a process, and again when a file was replaced."""
        return is_sound(self.folder)

    @property
    def build(self) -> Build:
        """The same folder as what is served: database, descriptor, data, texts."""
        return Build(
            self.collection, self.folder, self.version, self.content_hash, released_on=self.date, counter=self.counter
        )

    @property
    def sources(self) -> tuple[Path, ...]:
        """The public texts of its sources, a file each, named by the source's id."""
        return tuple(sorted((self.folder / "sources").glob("*.txt")))

    @property
    def archive(self) -> Path:
        """The one file that holds all others."""
        return self.folder / archive_name(self.collection, self.version)


@dataclass(frozen=True)
class Withdrawal:
    """An id whose row went: in which version, why, what stands for it now, and the last version that has it."""

    table: str
    reason: str
    successor: str
    version: str
    last_version: str


def releases(root: Path, collection: str) -> tuple[Release, ...]:
    """Every release of a collection that stands under the folder of releases, the oldest first."""
    found: dict[str, Release] = {}
    for folder in folders(root / collection):
        if is_release(folder.name) and (known := _release(folder)):
            other = found.get(known.version)
            if other is None or other.redactions < known.redactions:
                found[known.version] = known
    return tuple(sorted(found.values(), key=lambda r: r.counter))


def release(root: Path, collection: str, version: str) -> Release | None:
    """The release of that version, if it stands there."""
    return next((r for r in releases(root, collection) if r.version == version), None)


def withdrawn(build: Build) -> dict[str, Withdrawal]:
    """Every id that earlier releases had and this one has not; none for a draft without releases."""
    try:
        stat = (build.folder / WITHDRAWN).stat()
    except OSError:
        return {}
    return _withdrawn(build.folder / WITHDRAWN, stat.st_mtime_ns)


def _release(folder: Path) -> Release | None:
    try:
        manifest = read_manifest(folder)
        return _of(folder, manifest)
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _of(folder: Path, manifest: Manifest) -> Release:
    parent = manifest.parent["version"] if manifest.parent else None
    facts = (manifest.released_on, manifest.counter, manifest.content_hash, parent, manifest.redactions)
    return Release(folder.parent.name, manifest.version, folder, *facts)


@lru_cache(maxsize=64)
def _withdrawn(path: Path, _seen: int) -> dict[str, Withdrawal]:
    entries = json.loads(path.read_bytes())
    return {entry.pop("id"): Withdrawal(**entry) for entry in entries}
