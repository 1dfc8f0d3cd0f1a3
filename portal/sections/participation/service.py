"""What the pages of participation show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.frame.door import private, published, site
from portal.participation import consultations, finding, tallying
from portal.participation.calendar import today
from portal.participation.cells import cell_of
from portal.participation.kinds import WRITTEN
from portal.participation.terms import Terms
from portal.published import PublishedCollection
from portal.published.history import Event
from portal.sections.participation.words import TOLD_TO_ALL
from portal.storage.failing import spared
from portal.storage.participation import CitizenRequest

NEWEST = 5


def overview() -> dict[str, Any]:
    """The kinds, how far everything is, what was finished last, what is consulted about."""
    terms = Terms(site())
    with private().storage.session() as session:
        return {
            "kinds": [kind for kind in WRITTEN if terms.takes(kind)],
            "tally": tallying.tally(session, today()),
            "finished": with_cells(finding.finished(session, NEWEST)),
            "consulted": [c for c in consultations.every(session) if consultations.is_open(c)],
        }


def listed(state: str | None, kind: str | None, number: int) -> dict[str, Any]:
    """The public requests of a state and kind, a page of them."""
    state = state if state in finding.PUBLIC else None
    kind = kind if kind in WRITTEN else None
    with private().storage.session() as session:
        page = finding.listed(session, state, kind, number)
        rows, tally = with_cells(page.rows), tallying.tally(session, today())
    return {"page_of": page, "rows": rows, "tally": tally, "state": state, "kind": kind, "kinds": WRITTEN}


def public(number: str) -> dict[str, Any] | None:
    """A request as everybody may see it."""
    with private().storage.session() as session:
        found = finding.seen_by_all(session, number)
        if found is None:
            return None
        steps = [e for e in found.events if e.action in TOLD_TO_ALL]
    return {"found": found, "steps": steps, **_about(found)}


@spared(list)
def about_row(served: PublishedCollection, row_id: object) -> list[CitizenRequest]:
    """The public requests about a row."""
    with private().storage.session() as session:
        return finding.of_row(session, served.name, str(row_id))


@spared(dict)
def behind(served: PublishedCollection, events: Iterable[Event]) -> dict[str, str]:
    """The numbers of the public requests that changes go back to, by the ids of their corrections."""
    with private().storage.session() as session:
        return finding.numbers_of(session, served.name, (event.correction for event in events))


def sender_sees(found: CitizenRequest) -> dict[str, Any]:
    """What the page of its own sender shows besides: everything but notes among staff."""
    return {"events": [e for e in found.events if not e.for_staff], **_about(found)}


def _about(found: CitizenRequest) -> dict[str, Any]:
    served = published().collection(found.collection) if found.collection else None
    table = served.collection.by_name.get(found.table_name) if served else None
    return {"cell": cell_of(published(), found), "table": table}


def with_cells(rows: Iterable[CitizenRequest]) -> list[tuple[CitizenRequest, dict[str, Any]]]:
    """Each request with the row that it is about."""
    return [(found, _about(found)) for found in rows]
