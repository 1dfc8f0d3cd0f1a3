"""Requests and consultations for tests, kept as the site keeps them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from etl.places import ROOT
from etl.site import load_site
from portal.participation import consultations
from portal.participation.calendar import today
from portal.participation.cells import cell_at
from portal.participation.codes import new_key
from portal.participation.consultations import Proposal
from portal.participation.drafts import Draft
from portal.participation.filing import Desk, Filed
from portal.participation.finding import by_number
from portal.participation.handling import Hand, publish
from portal.participation.kinds import CORRECTION
from portal.participation.terms import Terms
from portal.private import Private
from portal.published import Published

TERMS = Terms(load_site(ROOT / "metadata.yml"))
STAFF = Hand(frozenset({"admin"}))


def ask(
    private: Private,
    kind: str = "data",
    *,
    published: Published | None = None,
    row: str = "zjstb-zkd-2017-13.agri-progress-share",
    column: str = "value",
    user_id: int | None = None,
    consultation_id: int | None = None,
    **cells: Any,
) -> Filed:
    """A request as a form brings it."""
    told = {"subject": "标题", "body_text": "内容", "evidence_text": "依据", "proposed_text": "66.5", **cells}
    cell = cell_at(published, "targets", row, column) if published and kind == CORRECTION else None
    with private.storage.session() as session:
        draft = Draft(kind, new_key(), **told)
        how = {"cell": cell, "user_id": user_id, "consultation_id": consultation_id}
        return Desk(private.secret, TERMS).file(session, draft, **how)


def release(private: Private, number: str, words: str = "公开的文字") -> None:
    """Let everybody read a request."""
    with private.storage.session() as session:
        publish(session, by_number(session, number), words, STAFF)  # type: ignore[arg-type]


def consult(private: Private, closes_on: date | None = None, title: str = "草案") -> int:
    """A consultation; open for a week where no other day is given."""
    with private.storage.session() as session:
        proposal = Proposal(title, "草案的正文。", closes_on or today() + timedelta(days=7))
        return consultations.begin(session, proposal, None).consultation_id
