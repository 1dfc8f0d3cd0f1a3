"""Where a row's other versions are: links of RFC 5829 and RFC 7089, and the version that stood on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from portal.published.history import Life
from portal.published.versions import Known

TIMEMAP = "application/link-format"


def moment(day: str) -> str:
    """A release's day as HTTP writes moments.

    >>> moment("2026-11-24")
    'Tue, 24 Nov 2026 00:00:00 GMT'
    """
    return format_datetime(datetime.fromisoformat(day).replace(tzinfo=UTC), usegmt=True)


def links(path: str, life: Life, version: str, *, is_current: bool) -> list[str]:
    """Typed links from a row's page, or from the page of one of its versions; `path` is that of the row."""
    before, after = life.beside(version)
    latest = path if is_current or not life.having else f"{path}@{life.having[-1].version}"
    found = [
        f'<{latest}>; rel="latest-version"',
        f'<{path}/history>; rel="version-history"',
        f'<{path}>; rel="original timegate"',
        f'<{path}/timemap>; rel="timemap"; type="{TIMEMAP}"',
    ]
    found += [f'<{path}@{before.version}>; rel="predecessor-version"'] if before else []
    return found + ([f'<{path}@{after.version}>; rel="successor-version"'] if after else [])


def timemap(path: str, life: Life) -> str:
    """All versions of a row, as RFC 7089 lists them."""
    lines = [f'<{path}>;rel="original timegate"', f'<{path}/timemap>;rel="self";type="{TIMEMAP}"']
    last = len(life.having) - 1
    for number, one in enumerate(life.having):
        place = "first " * (number == 0) + "last " * (number == last)
        lines.append(f'<{path}@{one.version}>;rel="{place}memento";datetime="{moment(one.released_on)}"')
    return ",\n".join(lines) + "\n"


def asked_for(header: str) -> datetime | None:
    """The moment that `Accept-Datetime` names; none where it can't be read.

    >>> asked_for("Tue, 24 Nov 2026 12:00:00 GMT").isoformat()
    '2026-11-24T12:00:00+00:00'
    >>> asked_for("yesterday")
    """
    try:
        found = parsedate_to_datetime(header)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def as_of(versions: Iterable[Known], when: datetime) -> Known | None:
    """The last version released by then; the first one for moments before it."""
    ordered = list(versions)
    by_then = [k for k in ordered if datetime.fromisoformat(k.released_on).replace(tzinfo=UTC) <= when]
    return by_then[-1] if by_then else next(iter(ordered), None)
