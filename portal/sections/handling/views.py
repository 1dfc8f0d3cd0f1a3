"""Pages of the desk for requests: one request, the steps; the queue and the rest are put beside them."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.access import EDITOR, MODERATOR, needs
from portal.jobs import JobError
from portal.participation.states import StepError
from portal.sections.handling import consulting, queue, releasing, service
from portal.sections.participation.answers import private_page

blueprint = Blueprint("handling", __name__, url_prefix="/desk", template_folder="templates")


@blueprint.get("/requests/<number>")
@needs(MODERATOR, EDITOR)
def show(number: str) -> Response:
    """One request with all that is in it."""
    return _page(number)


@blueprint.post("/requests/<number>")
@needs(MODERATOR, EDITOR)
def do(number: str) -> Response:
    """Take a step, note something, release or withhold."""
    try:
        service.do(number, request.form)
    except (StepError, JobError) as error:
        return _page(number, str(error))
    return redirect(url_for("handling.show", number=number), 303)


def _page(number: str, wrong: str = "") -> Response:
    found = service.whole(number)
    if found is None:
        abort(404, _("没有这个编号。"))
    written = request.form if wrong else {}
    page = render_template("handling/request.html", **found, wrong=wrong, written=written)
    return private_page(page, 422 if wrong else 200)


queue.add_to(blueprint)
consulting.add_to(blueprint)
releasing.add_to(blueprint)
