"""The manifest of a build folder: every file's size and hash. A draft is named by its hash, a release is signed."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.releasing.content import combined_hash, sha256
from etl.releasing.signing import PUBLIC, SUFFIX, SigningError, trusted_comment

FILE = "manifest.json"
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_RELEASE_FOLDER = re.compile(r"(?P<version>\d+\.\d+\.\d+)(?:\+r(?P<redactions>[1-9]\d*))?")


@dataclass(frozen=True)
class Manifest:
    """What a build folder holds: version, content hash, and per file `bytes` and `sha256`; a release says more."""

    version: str
    content_hash: str
    files: dict[str, dict[str, Any]]
    collection: str = ""
    counter: int = 0
    released_on: str = ""
    parent: dict[str, str] | None = None
    redactions: int = 0


def write_manifest(version: str, folder: Path, **facts: Any) -> str:
    """Write the manifest of all files in the folder; returns a draft's name, `<version>-<12 hex digits>`."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != FILE)
    files = {p.relative_to(folder).as_posix(): {"bytes": p.stat().st_size, "sha256": digest(p)} for p in paths}
    tables = {
        Path(path).stem: str(facts["sha256"])
        for path, facts in files.items()
        if path.startswith("data/") and path.endswith(".csv")
    }
    manifest = {"version": version, "content_hash": combined_hash(tables), **facts, "files": files}
    data = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    (folder / FILE).write_bytes(data)
    return f"{version}-{sha256(data)[:12]}"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; OSError, ValueError or TypeError where there is none that can be read."""
    return Manifest(**json.loads((folder / FILE).read_bytes()))


def release_folder(version: str, redactions: int = 0) -> str:
    """The name of a release's folder.

    >>> release_folder("1.2.0"), release_folder("1.2.0", 2)
    ('1.2.0', '1.2.0+r2')
    """
    return f"{version}+r{redactions}" if redactions else version


def is_release(name: str) -> bool:
    """Whether a folder of that name is a release's, not a draft's.

    >>> is_release("1.2.0"), is_release("1.2.0+r1"), is_release("1.2.0-0123456789ab")
    (True, True, False)
    """
    return _RELEASE_FOLDER.fullmatch(name) is not None


def archive_name(collection: str, version: str) -> str:
    """The name of the one file that holds a whole release."""
    return f"{collection}-{version}.zip"


def is_sound(folder: Path) -> bool:
    """Whether every file is there as it was written; hashed once a process, then only looked after."""
    looked_at = [folder / FILE, folder / f"{folder.parent.name}.db"]
    if is_release(folder.name):
        looked_at += [folder / f"{FILE}{SUFFIX}", folder.parent / PUBLIC]
    try:
        seen = [path.stat() for path in looked_at]
    except OSError:
        return False
    return _verified(folder, tuple((s.st_ino, s.st_size, s.st_mtime_ns) for s in seen))


def faults(folder: Path, public: str) -> list[str]:
    """What is wrong with a release's files, in words: signature, hashes, missing and extra files."""
    try:
        comment = trusted_comment(folder / FILE, (folder / f"{FILE}{SUFFIX}").read_text("utf-8"), public)
        manifest = read_manifest(folder)
    except SigningError as error:
        return [str(error)]
    except (OSError, ValueError, TypeError) as error:
        return [f"清单 {FILE} 或它的签名缺失或读不出来（{type(error).__name__}）。"]
    if comment != comment_of(manifest, FILE):
        return ["签名中的版本、序号或日期与清单不符：不是同一次发布的文件。"]
    return _differing(folder, manifest)


def comment_of(manifest: Manifest, file: str) -> str:
    """The trusted comment of a release's signatures: what it is, so that one can't stand for another."""
    redacted = f" redactions={manifest.redactions}" if manifest.redactions else ""
    told = f"{manifest.collection} version={manifest.version} counter={manifest.counter}{redacted}"
    return f"{told} date={manifest.released_on} content={manifest.content_hash} file={file}"


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _differing(folder: Path, manifest: Manifest) -> list[str]:
    archive = archive_name(manifest.collection, manifest.version)
    beside = {FILE, f"{FILE}{SUFFIX}", archive, f"{archive}{SUFFIX}"}
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir()}
    found = [f"多出清单以外的文件 {path}。" for path in sorted(there.keys() - manifest.files.keys() - beside)]
    for path, facts in manifest.files.items():
        if path not in there:
            found.append(f"缺少文件 {path}。")
        elif there[path].is_symlink() or digest(there[path]) != facts["sha256"]:
            found.append(f"文件 {path} 与清单不符。")
    return found


@lru_cache(maxsize=1024)
def _verified(folder: Path, _seen: tuple[tuple[int, int, int], ...]) -> bool:
    try:
        return _is_release_sound(folder) if is_release(folder.name) else _is_draft_sound(folder)
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _is_draft_sound(folder: Path) -> bool:
    data = (folder / FILE).read_bytes()
    files = read_manifest(folder).files
    named = folder.name.endswith("-" + sha256(data)[:12])
    return named and all(digest(folder / path) == facts["sha256"] for path, facts in files.items())


def _is_release_sound(folder: Path) -> bool:
    manifest = read_manifest(folder)
    stands_where_it_says = (manifest.collection, release_folder(manifest.version, manifest.redactions)) == (
        folder.parent.name,
        folder.name,
    )
    return stands_where_it_says and not faults(folder, (folder.parent / PUBLIC).read_text("utf-8"))
