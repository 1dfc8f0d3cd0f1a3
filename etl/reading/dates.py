"""The moment that a page gives as its own date, as ISO."""

from __future__ import annotations

import re
from datetime import datetime

from etl.reading.folding import fold

DATE = r"(?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}(?!\d)\s*日?"
TIME = r"\d{1,2}\s*[:时点]\s*\d{2}(?:\s*[:分]\s*\d{2})?\s*[秒分]?"
_MOMENT = re.compile(
    r"((?:19|20)\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)\s*日?"
    r"(?:\s*T?\s*(\d{1,2})\s*[:时点]\s*(\d{2})(?:\s*[:分]\s*(\d{2}))?)?"
)


def iso(text: str) -> str | None:
    """The first real date in a text, with its time where it has one.

    >>> iso("发布于２０１７年2月16日 19:43"), iso("2017-02-16"), iso("2017-02-30")
    ('2017-02-16T19:43:00', '2017-02-16', None)
    """
    match = _MOMENT.search(fold(text).replace("\xa0", " "))
    if not match:
        return None
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    hour, minute, second = (int(part or 0) for part in match.group(4, 5, 6))
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return moment.isoformat() if match[4] else moment.date().isoformat()
