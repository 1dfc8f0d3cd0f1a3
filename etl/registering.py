"""Takes captured bytes into a collection: the file under a readable name, a row in `sources.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath

from etl.assembling.slugs import initials
from etl.batch import Reading
from etl.capture import Capture
from etl.declaration import Collection
from etl.files import write_atomically
from etl.inputs import SOURCES, folder_of, read_sources, source_table
from etl.originals import ORIGINALS
from etl.tables import Row, csv_text

HARMLESS = frozenset({"link", "hidden"})
"""What is held back without being anybody's personal data: the original may stay with the collection as evidence."""

_SUFFIXES = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}
_PATH_DATE = re.compile(r"/(20\d\d)[-/]?(\d\d?)[-/]?(\d\d?)(?=[/_.t-])")
_SLUG_LENGTH = 16


@dataclass(frozen=True)
class Registered:
    """The new row, where its file lies, and the file that it replaces, if any."""

    row: Row
    path: Path
    replaced: str | None = None


def known(collection: Collection, sha256: str) -> str | None:
    """The file under which these very bytes were captured before, if they were."""
    return next((str(r["file"]) for r in read_sources(collection) if r["sha256"] == sha256), None)


def register(
    collection: Collection,
    captured: Capture,
    reading: Reading,
    private: Path,
    at: datetime,
    *,
    path_on: str | None = None,
    note: str | None = None,
) -> Registered:
    """Write the file, then the row; the same address with other bytes replaces the earlier capture on record."""
    rows = read_sources(collection)
    row: Row = {
        "file": _free(_name(captured, reading, at), {r["file"] for r in rows}),
        "url": captured.url,
        "sha256": captured.sha256,
        "captured_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "media_type": reading.document.media_type,
        "encoding": reading.document.encoding or None,
        "path_on": path_on or date_in(captured.url),
        "replaced_by": None,
        "note": note,
    }
    path = _home(collection, reading, private) / row["file"]
    write_atomically(path, captured.data)
    replaced = _replace(rows, row)
    table = source_table(collection)
    write_atomically(folder_of(collection) / SOURCES, csv_text(table, [*rows, row]))
    return Registered(row, path, replaced)


def date_in(url: str | None) -> str | None:
    """The date in an address's path.

    >>> date_in("http://kjj.example.gov.cn/kjj/2017-06/08/content_1.htm"), date_in("http://a.cn/t20170608_1.html")
    ('2017-06-08', None)
    """
    for year, month, day in _PATH_DATE.findall(url or ""):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return None


def _home(collection: Collection, reading: Reading, private: Path) -> Path:
    """An original with personal data never lies with the collection, which is public."""
    if all(held.kind in HARMLESS for held in reading.document.held):
        return folder_of(collection) / "sources"
    return private / ORIGINALS / collection.name


def _replace(rows: list[Row], new: Row) -> str | None:
    for row in rows:
        if new["url"] and row["url"] == new["url"] and not row["replaced_by"]:
            row["replaced_by"] = new["sha256"]
            return str(row["file"])
    return None


def _name(captured: Capture, reading: Reading, at: datetime) -> str:
    notice = reading.parsed.notice
    day = (notice.published_at or notice.written_on or at.date().isoformat())[:10]
    subject = initials(notice.title or PurePath(captured.name).stem, _SLUG_LENGTH)
    suffix = _SUFFIXES.get(reading.document.media_type) or PurePath(captured.name).suffix.lower()
    return f"{day}-{subject}{suffix}"


def _free(name: str, taken: set[str]) -> str:
    path = PurePath(name)
    choices = (name, *(f"{path.stem}-{n}{path.suffix}" for n in range(2, len(taken) + 3)))
    return next(choice for choice in choices if choice not in taken)
