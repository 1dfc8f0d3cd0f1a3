"""A release as its page shows it, and the differences between two, filtered and in pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from etl.releasing.manifest import FILE, archive_name, read_manifest
from etl.releasing.reading import Release
from etl.releasing.signing import PUBLIC, SUFFIX
from portal.published import Published, PublishedCollection
from portal.published.as_of import Absent
from portal.published.differences import Shift, compare, whole
from portal.published.versions import Known
from portal.storage.paging import last_page

PAGE = 100
GROUPS = ("archive", "data", "parquet", "spreadsheet", "whole", "sources", "papers", "signed")
"""Files by what they are for, in the order of the page."""
_WHOLE = (".db", ".xlsx")


@dataclass(frozen=True)
class File:
    """One file of a release."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Wanted:
    """What of the differences is to be shown."""

    table: str = ""
    kind: str = ""
    words: str = ""
    page: int = 1


def release(published: Published, served: PublishedCollection, version: str) -> dict[str, Any] | Absent:
    """The release with its neighbours, its files and the key to verify them."""
    known = published.versions.known(served)
    numbers = [k.version for k in known]
    if version not in numbers:
        return Absent("version", served.name, version, known)
    found, opened = published.versions.release(served.name, version), published.versions.at(served.name, version)
    if found is None or opened is None:
        return Absent("elsewhere", served.name, version, known)
    at = numbers.index(version)
    return {
        "known": known[at],
        "before": known[at - 1] if at else None,
        "after": known[at + 1] if at + 1 < len(known) else None,
        "release": found,
        "opened": opened,
        "files": files(found),
        "key": (published.releases / served.name / PUBLIC).read_text("utf-8").strip(),
    }


def files(found: Release) -> dict[str, list[File]]:
    """The files of a release by what they are for."""
    manifest = read_manifest(found.folder)
    listed = [File(path, facts["bytes"], facts["sha256"]) for path, facts in manifest.files.items()]
    archive = archive_name(found.collection, found.version)
    for name in (archive, f"{archive}{SUFFIX}", FILE, f"{FILE}{SUFFIX}"):
        path = found.folder / name
        listed += [File(name, path.stat().st_size, "")] if path.is_file() else []
    grouped: dict[str, list[File]] = {group: [] for group in GROUPS}
    for one in listed:
        grouped[_group(one.path, archive)].append(one)
    return {group: some for group, some in grouped.items() if some}


def differences(
    published: Published, served: PublishedCollection, first: str, second: str, wanted: Wanted
) -> dict[str, Any] | Absent:
    """The differences that are wanted, grouped by table and row, with how many there are of each."""
    shifts = compare(published, served, first, second)
    if isinstance(shifts, Absent):
        return shifts
    kept = [s for s in shifts if _matches(s, wanted)]
    last = last_page(len(kept), PAGE)
    page = min(wanted.page, last)
    return {
        "total": len(shifts),
        "found": len(kept),
        "groups": _grouped(kept[(page - 1) * PAGE : page * PAGE]),
        "tables": Counter(s.change.table for s in shifts),
        "kinds": Counter(s.kind for s in shifts),
        "at_page": page,
        "last": last,
    }


def summaries(known: Sequence[Known], served: PublishedCollection) -> list[dict[str, Any]]:
    """The versions, the newest first, each with the one before it and whether it is served now."""
    before = [None, *known][: len(known)]
    told = [
        {"known": k, "before": b, "is_current": k.version == served.build.version}
        for k, b in zip(known, before, strict=True)
    ]
    return list(reversed(told))


def _group(path: str, archive: str) -> str:
    folder = path.partition("/")[0]
    if folder in ("data", "parquet", "spreadsheet", "sources") and "/" in path:
        return folder
    if path.startswith(archive):
        return "archive"
    if path.endswith(_WHOLE):
        return "whole"
    return "signed" if path.startswith(FILE) or path == "SHA256SUMS" else "papers"


def _matches(shift: Shift, wanted: Wanted) -> bool:
    if wanted.table not in ("", shift.change.table) or wanted.kind not in ("", shift.kind):
        return False
    texts = (shift.change.row, shift.label, shift.change.old, shift.change.new, shift.reasons)
    return not wanted.words or any(wanted.words in text for text in texts)


def _grouped(shifts: list[Shift]) -> dict[str, dict[str, list[Shift]]]:
    """Table → row → its changes."""
    found: dict[str, dict[str, list[Shift]]] = {}
    for shift in shifts:
        found.setdefault(shift.change.table, {}).setdefault(shift.change.row, []).append(shift)
    return found


def cells(shift: Shift) -> dict[str, Any]:
    """The cells of a row that came or went."""
    return whole(shift.change.new or shift.change.old)
