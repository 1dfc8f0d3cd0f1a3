"""How long contact details are kept: some time after a request was closed nobody needs them any more."""

from __future__ import annotations

import time
from datetime import timedelta

from flask import current_app
from sqlalchemy import func, or_, select, update

from portal.frame.door import private
from portal.participation.states import CLOSED, State
from portal.storage.clock import now
from portal.storage.participation import CitizenRequest

KEPT = timedelta(days=180)
EVERY = 3600.0
"""Seconds between two looks."""


def forget_contacts() -> None:
    """Delete who sent what was closed long ago, or was spam; the sender's code still opens the rest."""
    looked: float | None = current_app.extensions.get("contacts_looked_at")
    if looked is not None and time.monotonic() < looked + EVERY:
        return
    ended = func.coalesce(CitizenRequest.closed_at, CitizenRequest.received_at)
    old = (CitizenRequest.state.in_((*CLOSED, State.SPAM)), ended < now() - KEPT)
    told = or_(CitizenRequest.person_name != "", CitizenRequest.mail != "", CitizenRequest.phone != "")
    with private().storage.session() as session:
        keys = session.scalars(select(CitizenRequest.request_id).where(*old, told)).all()
        if keys:
            gone = {"person_name": "", "mail": "", "phone": "", "wants_mail": False}
            session.execute(update(CitizenRequest).where(CitizenRequest.request_id.in_(keys)).values(**gone))
    current_app.extensions["contacts_looked_at"] = time.monotonic()
