"""All files of one release: what it is made of, and writing it into an empty folder, signed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.declaration import Collection
from etl.releasing import manifest, papers
from etl.releasing.archive import write_archive
from etl.releasing.declared import stamped
from etl.releasing.folder import write_files
from etl.releasing.formats import typed_rows, write_json, write_parquet, write_spreadsheet
from etl.releasing.manifest import archive_name, comment_of, digest, read_manifest, release_folder, write_manifest
from etl.releasing.noted import Noted, change_rows
from etl.releasing.reading import WITHDRAWN
from etl.releasing.recorded import Recorded, release_rows
from etl.releasing.signing import SUFFIX, Key
from etl.releasing.verifying import verify_folder
from etl.releasing.withdrawals import withdrawals, withdrawals_text
from etl.releasing.workbook import write_workbook
from etl.shelf import Shelf
from etl.tables import Rows

SUMS, REDACTIONS = "SHA256SUMS", "redactions.json"
Finish = Callable[[Collection, Rows, Path], None]
"""Checks the files written so far and adds the database."""


@dataclass(frozen=True)
class Edition:
    """The content of a release and the ledgers up to it; nothing later, no clock, no address of a machine."""

    collection: Collection
    content: Rows
    texts: Mapping[str, str]
    recorded: Sequence[Recorded]
    noted: Sequence[Noted]
    redactions: Sequence[Mapping[str, Any]] = field(default=())

    @property
    def release(self) -> Recorded:
        """The release itself, the last of the ledger."""
        return self.recorded[-1]

    @property
    def stamped(self) -> Collection:
        """The declaration with the release's version and date."""
        return stamped(self.collection, self.release.version, self.release.released_on)

    @property
    def rows(self) -> Rows:
        """The rows of every table, those that tell of releases too, each cell of its declared type; on the disk."""
        rows = dict(self.content)
        if table := self.collection.by_name.get("release"):
            rows["release"] = release_rows(table, self.recorded)
        if table := self.collection.by_name.get("change"):
            rows["change"] = change_rows(table, self.noted)
        return Shelf(
            self.collection.tables, {t.name: typed_rows(t, rows.get(t.name, ())) for t in self.collection.tables}
        )


def write_edition(edition: Edition, key: Key, finish: Finish, folder: Path) -> str:
    """Fill the folder with the release, verify it, and return the name under which it shall stand."""
    collection, rows, release = edition.stamped, edition.rows, edition.release
    write_files(collection, rows, edition.texts, folder)
    finish(collection, rows, folder)
    _write_formats(collection, rows, release.released_on, folder)
    _write_papers(edition, collection, rows, folder)
    _write_sums(folder)
    _write_manifest(edition, folder)
    _sign(key, folder / manifest.FILE)
    _pack(key, folder)
    verify_folder(folder, key.public)
    return release_folder(release.version, release.redactions)


def _write_formats(collection: Collection, rows: Rows, released_on: str, folder: Path) -> None:
    for name in ("parquet", "spreadsheet"):
        (folder / name).mkdir()
    for table in collection.tables:
        write_json(rows[table.name], folder / "data" / f"{table.name}.json")
        write_parquet(table, rows[table.name], folder / "parquet" / f"{table.name}.parquet")
        write_spreadsheet(table, rows[table.name], folder / "spreadsheet" / f"{table.name}.csv")
    write_workbook(collection, rows, released_on, folder / f"{collection.name}.xlsx")


def _write_papers(edition: Edition, collection: Collection, rows: Rows, folder: Path) -> None:
    redactions = [dict(one) for one in edition.redactions]
    texts = {
        "README.md": papers.readme(collection, rows, edition.release.released_on, redactions),
        "CITATION.cff": papers.citation(collection, edition.release.released_on),
        "LICENSE.md": papers.licence(collection),
        WITHDRAWN: withdrawals_text(withdrawals(edition.recorded, edition.noted)),
    }
    if redactions:
        texts[REDACTIONS] = json.dumps(redactions, ensure_ascii=False, indent=1) + "\n"
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))


def _write_sums(folder: Path) -> None:
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    lines = (f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)
    (folder / SUMS).write_bytes("".join(lines).encode("utf-8"))


def _write_manifest(edition: Edition, folder: Path) -> None:
    release = edition.release
    before = next((one for one in edition.recorded if one.version == release.parent), None)
    parent = {"version": before.version, "content_hash": before.content_hash} if before else None
    facts = {"counter": release.counter, "released_on": release.released_on, "redactions": release.redactions}
    write_manifest(release.version, folder, collection=edition.collection.name, parent=parent, **facts)


def _sign(key: Key, path: Path) -> None:
    comment = comment_of(read_manifest(path.parent), path.name)
    path.with_name(path.name + SUFFIX).write_text(key.sign(path, comment), "utf-8")


def _pack(key: Key, folder: Path) -> None:
    packed = read_manifest(folder)
    files = [*packed.files, manifest.FILE, manifest.FILE + SUFFIX]
    archive = folder / archive_name(packed.collection, packed.version)
    write_archive(folder, files, archive.stem, archive)
    _sign(key, archive)
