"""Clears away what a killed publisher left in a collection's own folder; what is not recorded was never released."""

from __future__ import annotations

import time
from pathlib import Path

from etl.declaration import Collection
from etl.files import write_atomically
from etl.inputs import folder_of
from etl.releasing import changelog, noted, recorded
from etl.releasing.changelog import read_sections
from etl.releasing.entry import FILE as IDS
from etl.releasing.noted import noted_text, read_noted
from etl.releasing.recorded import read_recorded

LEDGERS = (noted.FILE, changelog.FILE, recorded.FILE)
_ABANDONED = 3600.0
"""Seconds after which an unfinished copy has nobody left who writes it."""


def tidy(collection: Collection) -> None:
    """Remove unfinished files, and from the ledgers what belongs to a version that was not recorded.

    To be called by the only publisher: nobody else writes the ledgers meanwhile.
    """
    folder = folder_of(collection)
    for name in LEDGERS:
        for left in folder.glob(f".{name}.*"):
            left.unlink()
    for left in [*folder.glob(f".{IDS}.*"), *(folder / "data").glob(".*.csv.*")]:
        if time.time() - left.stat().st_mtime > _ABANDONED:
            left.unlink()
    versions = [one.version for one in read_recorded(folder)]
    _rewrite(folder / noted.FILE, noted_text(read_noted(folder, versions)))
    _rewrite(folder / changelog.FILE, changelog.changelog(collection, read_sections(folder, versions)))
    if not versions:
        for name in (noted.FILE, changelog.FILE):
            (folder / name).unlink(missing_ok=True)


def _rewrite(path: Path, text: str) -> None:
    if path.exists() and path.read_bytes() != text.encode("utf-8"):
        write_atomically(path, text, durable=True)
