"""All rows of a table as a page for people: indicators, cited documents, tasks and reported values, in groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from portal.published import Published, Row
from portal.published.sections import bodies, everywhere, notices, of_notices, tracker
from portal.sections.policies.service import LEVELS

STATES = ("both", "targets", "reported", "none")
"""What there is of an indicator: targets and values, only one of them, or neither."""


@dataclass(frozen=True)
class Group:
    """Rows under a heading: `key` for headings of the page, `row` where a row is the heading."""

    key: str
    rows: tuple[Row, ...]
    row: Row | None = None


def indicators(published: Published) -> list[Group]:
    """Indicators by what there is of them."""
    rows = everywhere(published, tracker.indicators)
    return _groups(STATES, rows, lambda r: STATES[(not r["reported"]) + 2 * (not r["targets"])])


def documents(published: Published) -> list[Group]:
    """Cited documents by level."""
    return _groups(LEVELS, everywhere(published, bodies.documents), itemgetter("level"))


def tasks(published: Published) -> list[Group]:
    """Tasks by notice, in the order of its text."""
    found = [(n, notices.tasks(c, n["notice_id"])) for c in of_notices(published) for n in notices.notices(c)]
    return [Group(n["notice_id"], tuple(rows), n) for n, rows in found if rows]


def reported(published: Published) -> list[Group]:
    """Reported values by year, the newest first."""
    rows = sorted(everywhere(published, tracker.reported), key=lambda r: -(r["year"] or 0))
    return [Group(str(year or ""), tuple(some)) for year, some in groupby(rows, key=itemgetter("year"))]


def _groups(keys: tuple[str, ...], rows: list[Row], of: Callable[[Row], str]) -> list[Group]:
    found = [Group(key, tuple(r for r in rows if of(r) == key)) for key in keys]
    return [g for g in found if g.rows]


LISTS: dict[str, Callable[[Published], list[Group]]] = {
    "indicator": indicators,
    "document": documents,
    "task": tasks,
    "reported": reported,
}
