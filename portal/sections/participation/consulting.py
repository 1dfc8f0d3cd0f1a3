"""Pages of consultations: what is consulted about, comments, results."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import open_to_all
from portal.frame.door import private
from portal.participation import consultations, drafts
from portal.participation.kinds import COMMENT
from portal.sections.participation import sending
from portal.sections.participation.answers import private_page
from portal.storage.participation import Consultation


def index() -> str:
    """All consultations."""
    with private().storage.session() as session:
        every = [
            (c, consultations.is_open(c), consultations.received(session, c.consultation_id))
            for c in consultations.every(session)
        ]
    return render_template("participation/consultations.html", consultations=every)


def show(consultation_id: int) -> Response:
    """A consultation, with a form while it is open."""
    return _page(consultation_id, sending.Outcome(drafts.empty(COMMENT)))


@open_to_all
def comment(consultation_id: int) -> Response:
    """Take a comment in, while the consultation is open."""
    with private().storage.session() as session:
        is_open = consultations.is_open(_found(session, consultation_id))
    if not is_open:
        # Whoever wrote while it closed gets back what was written, in full.
        late = request.form.get("body_text", "")
        return _page(consultation_id, sending.Outcome(drafts.empty(COMMENT), status=sending.WRONG), late)
    outcome = sending.take(COMMENT, consultation_id=consultation_id)
    if outcome.filed is None:
        return _page(consultation_id, outcome)
    return private_page(render_template("participation/receipt.html", filed=outcome.filed, cell=None))


def _page(consultation_id: int, outcome: sending.Outcome, late: str | None = None) -> Response:
    with private().storage.session() as session:
        found = _found(session, consultation_id)
        comments = consultations.comments(session, consultation_id)
        received = consultations.received(session, consultation_id)
    is_open = consultations.is_open(found)
    told = {"consultation": found, "comments": comments, "received": received, "is_open": is_open}
    how = {"draft": outcome.draft, "errors": outcome.errors or {}, "late": late}
    page = render_template("participation/consultation.html", **told, **how)
    # A form holds a token of this visitor's alone.
    return private_page(page, outcome.status) if is_open or late is not None else make_response(page)


def _found(session: Session, consultation_id: int) -> Consultation:
    return consultations.by_id(session, consultation_id) or abort(404)


def add_to(blueprint: Blueprint) -> None:
    """Put the pages into the section."""
    one = "/consultations/<int(max=2147483647):consultation_id>"
    blueprint.add_url_rule("/consultations/", "consultations", index, methods=["GET"])
    blueprint.add_url_rule(one, "consultation", show, methods=["GET"])
    blueprint.add_url_rule(one, "comment", comment, methods=["POST"])
