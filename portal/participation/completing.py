"""Completes corrections once a release carries them: looked for whenever another version is served."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from portal.frame.door import private, published, site
from portal.participation.correcting import carried_by
from portal.participation.handling import ITSELF, perform
from portal.participation.states import State, StepError
from portal.participation.terms import Terms
from portal.storage.participation import CitizenRequest


def complete() -> None:
    """Close the accepted corrections that the served releases carry, and tell those who asked."""
    looked: set[tuple[int, str]] = current_app.extensions.setdefault("corrections_looked_for", set())
    with private().storage.session() as session:
        waiting = session.scalars(select(CitizenRequest).where(CitizenRequest.state == State.ACCEPTED)).all()
        for found in waiting:
            _look(found, looked)


def _look(found: CitizenRequest, looked: set[tuple[int, str]]) -> None:
    """Look at a served version once for a request: there may be a great many changes in it."""
    served = published().collection(found.collection)
    seen = (found.request_id, served.build.content_hash if served else "")
    if seen in looked:
        return
    version = carried_by(published(), found)
    if version is not None:
        _complete(found.request_id, version)
    looked.add(seen)


def _complete(request_id: int, version: str) -> None:
    """In a transaction of its own: another process may do the same, and the first one wins."""
    try:
        with private().storage.session() as session:
            found = session.get_one(CitizenRequest, request_id)
            perform(session, found, "release", ITSELF, Terms(site()), version, released_version=version)
    except StepError:
        return
