"""Where the originals of a collection lie, and which capture replaces which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from etl.batch import Job, Span
from etl.declaration import Collection
from etl.document import Held
from etl.inputs import folder_of
from etl.tables import Row

SOURCES = "sources"
ORIGINALS = "originals"


class OriginalError(Exception):
    """A list of sources that can't be used; the message is a sentence for people."""


def jobs(
    collection: Collection,
    sources: Sequence[Row],
    private: Path,
    released: Mapping[str, Iterable[Span]],
    redacted: Mapping[str, Iterable[Held]],
) -> list[Job]:
    """One job a source, with the spans that editors released in it and those that were taken down."""
    return [
        Job(
            locate(collection, row["file"], private),
            row["sha256"],
            row["media_type"],
            row["encoding"],
            tuple(sorted(released.get(row["sha256"], ()))),
            tuple(redacted.get(row["sha256"], ())),
        )
        for row in sources
    ]


def locate(collection: Collection, file: str, private: Path) -> Path:
    """The original's path: with the collection, or, where it holds personal data, in the private folder."""
    if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
        raise OriginalError(f"sources.csv 中的文件名“{file}”指向 sources 以外：请只写 sources 里的文件名。")
    kept_back = private / ORIGINALS / collection.name / file
    return kept_back if kept_back.exists() else folder_of(collection) / SOURCES / file


def replaced_before(sources: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    """For each source the checksums of the captures that it replaces, the newest first."""
    later = {row["sha256"]: row["replaced_by"] for row in sources}
    if len(later) < len(sources):
        raise OriginalError("sources.csv 中有校验值重复的行：同一份原件只收一次，请删去多出的行。")
    unknown = sorted({sha for sha in later.values() if sha and sha not in later})
    if unknown:
        raise OriginalError(f"sources.csv 的 replaced_by 指向没有收录的 {unknown[0]}：请改正。")
    earlier: dict[str, list[str]] = {sha: [] for sha in later}
    for row in sorted(sources, key=lambda row: str(row["captured_at"]), reverse=True):
        for newer in _chain(row["sha256"], later):
            earlier[newer].append(row["sha256"])
    return {sha: tuple(found) for sha, found in earlier.items()}


def _chain(sha: str, later: Mapping[str, str | None]) -> list[str]:
    chain: list[str] = []
    while (newer := later[chain[-1] if chain else sha]) is not None:
        if newer in (sha, *chain):
            raise OriginalError(f"sources.csv 的 replaced_by 绕成了圈（{sha}）：请改正。")
        chain.append(newer)
    return chain
