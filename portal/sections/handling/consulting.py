"""Pages of the desk for consultations: opening one, changing it, publishing its result."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.access import EDITOR, MODERATOR, my_id, needs
from portal.frame.door import private
from portal.participation import consultations
from portal.participation.states import StepError
from portal.participation.texts import text
from portal.sections.participation.answers import private_page


@needs(MODERATOR, EDITOR)
def index() -> Response:
    """All consultations, and a form for a new one."""
    return _list()


@needs(EDITOR)
def begin() -> Response:
    """Open a consultation."""
    try:
        proposal = consultations.read(request.form)
    except StepError as error:
        return _list(str(error))
    with private().storage.session() as session:
        key = consultations.begin(session, proposal, my_id()).consultation_id
    return redirect(url_for("participation.consultation", consultation_id=key), 303)


@needs(MODERATOR, EDITOR)
def one(consultation_id: int) -> Response:
    """One consultation, to change or to conclude."""
    return _one(consultation_id)


@needs(EDITOR)
def change(consultation_id: int) -> Response:
    """Change a consultation, or publish its result."""
    try:
        with private().storage.session() as session:
            found = consultations.by_id(session, consultation_id) or abort(404)
            if request.form.get("do") == "conclude":
                consultations.conclude(session, found, text(request.form.get("words", ""), 100_000), my_id())
            else:
                consultations.change(session, found, consultations.read(request.form), my_id())
    except StepError as error:
        return _one(consultation_id, str(error))
    return redirect(url_for("participation.consultation", consultation_id=consultation_id), 303)


def _list(wrong: str = "") -> Response:
    with private().storage.session() as session:
        every = consultations.every(session)
    written = request.form if wrong else {}
    page = render_template("handling/consultations.html", consultations=every, wrong=wrong, written=written)
    return private_page(page, 422 if wrong else 200)


def _one(consultation_id: int, wrong: str = "") -> Response:
    with private().storage.session() as session:
        found = consultations.by_id(session, consultation_id) or abort(404)
    told = {"consultation": found, "is_open": consultations.is_open(found), "wrong": wrong}
    page = render_template("handling/consultation.html", **told, written=request.form if wrong else {})
    return private_page(page, 422 if wrong else 200)


def add_to(blueprint: Blueprint) -> None:
    """Put the pages onto the desk."""
    each = "/consultations/<int(max=2147483647):consultation_id>"
    blueprint.add_url_rule("/consultations/", "consultations", index, methods=["GET"])
    blueprint.add_url_rule("/consultations/", "begin", begin, methods=["POST"])
    blueprint.add_url_rule(each, "consultation", one, methods=["GET"])
    blueprint.add_url_rule(each, "change", change, methods=["POST"])
