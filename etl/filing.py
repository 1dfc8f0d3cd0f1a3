"""Under which name and where a captured file is kept."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path, PurePath

from etl.assembling.slugs import initials
from etl.batch import Reading
from etl.capture import Capture
from etl.declaration import Collection
from etl.inputs import folder_of
from etl.originals import ORIGINALS

HARMLESS = frozenset({"link", "hidden", "debris"})
"""What is held back without being anybody's personal data: the original may stay with the collection as evidence."""

_SUFFIXES = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}
_PATH_DATE = re.compile(r"/(20\d\d)[-/]?(\d\d?)[-/]?(\d\d?)(?=[/_.t-])")
_SLUG_LENGTH = 16


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


def home(collection: Collection, reading: Reading, private: Path) -> Path:
    """An original with personal data never lies with the collection, which is public."""
    if all(held.kind in HARMLESS for held in reading.document.held):
        return folder_of(collection) / "sources"
    return private / ORIGINALS / collection.name


def name_of(captured: Capture, reading: Reading, at: datetime) -> str:
    """A readable name: day, subject, kind of file."""
    notice = reading.parsed.notice
    day = (notice.published_at or notice.written_on or at.date().isoformat())[:10]
    subject = initials(notice.title or PurePath(captured.name).stem, _SLUG_LENGTH)
    suffix = _SUFFIXES.get(reading.document.media_type) or PurePath(captured.name).suffix.lower()
    return f"{day}-{subject}{suffix}"
