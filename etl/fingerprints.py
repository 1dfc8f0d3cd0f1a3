"""What a build depends on, as one checksum: the collection's files, the ledger of ids and the code."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from etl.declaration import Collection, plain
from etl.inputs import folder_of
from etl.places import ROOT

_WRITTEN_BY_BUILDS = ("data", "ids.csv", "releases.csv", "changes.csv", "CHANGELOG.md")


def inputs_hash(collection: Collection, ledger: Iterable[str]) -> str:
    """SHA-256 over all that a build is made of; `ledger` are the lines of `ids.csv` as it stands after the build."""
    digest = hashlib.sha256(code_hash().encode())
    digest.update(json.dumps(plain(collection), sort_keys=True).encode())
    for line in ledger:
        digest.update(line.encode())
    for path in _files(folder_of(collection)):
        digest.update(f"\n{path.relative_to(folder_of(collection)).as_posix()} {file_hash(path)}".encode())
    return digest.hexdigest()


@cache
def code_hash() -> str:
    """SHA-256 over the code and rules of the ETL, its pinned dependencies and the Python that runs it."""
    digest = hashlib.sha256(sys.version.encode())
    etl = Path(__file__).parent
    paths = [p for p in etl.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    for path in [*sorted(paths), *sorted(ROOT.glob("requirements.txt"))]:
        digest.update(f"\n{path.name} {file_hash(path)}".encode())
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in inside)
        if path.is_file() and not hidden and inside[0] not in _WRITTEN_BY_BUILDS:
            yield path
