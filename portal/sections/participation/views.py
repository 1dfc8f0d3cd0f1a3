"""Pages of public participation: what can be asked for, the forms, how far everything is."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.access import open_to_all
from portal.frame.asked import page_number
from portal.frame.door import published, site
from portal.participation import drafts
from portal.participation.cells import Cell, cell_at
from portal.participation.kinds import CORRECTION, KINDS, WRITTEN
from portal.participation.terms import Terms
from portal.sections.participation import consulting, sending, service, tracking, words
from portal.sections.participation.answers import private_page

blueprint = Blueprint("participation", __name__, url_prefix="/participation", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """What can be asked for, and how far everything is."""
    return render_template("participation/index.html", **service.overview())


@blueprint.get("/new/<kind>")
def new(kind: str) -> Response:
    """An empty form; a kind that is not taken here is explained, and how to find the row that is wrong."""
    if kind == CORRECTION and "row" not in request.args:
        return redirect(url_for("participation.index", _anchor="corrections"))
    cell = _cell(kind, request.args)
    return private_page(_form(kind, sending.Outcome(drafts.empty(kind)), cell))


@blueprint.post("/new/<kind>")
@open_to_all
def send(kind: str) -> Response:
    """Take a request in."""
    cell = _cell(kind, request.form)
    if not Terms(site()).takes(kind):
        return private_page(_form(kind, sending.Outcome(drafts.empty(kind)), cell), 403)
    outcome = sending.take(kind, cell=cell)
    if outcome.filed is None:
        return private_page(_form(kind, outcome, cell), outcome.status)
    return private_page(render_template("participation/receipt.html", filed=outcome.filed, cell=cell))


@blueprint.get("/requests/")
def requests() -> str:
    """The requests that are public."""
    asked = {name: request.args.get(name) for name in ("state", "kind")}
    return render_template("participation/requests.html", **service.listed(**asked, number=page_number()))


@blueprint.get("/requests/<number>")
def show(number: str) -> Response:
    """How far a request is; what is in it only where staff released it."""
    found = service.public(number)
    if found is None:
        abort(404)
    return make_response(render_template("participation/request.html", **found))


def _form(kind: str, outcome: sending.Outcome, cell: Cell | None) -> str:
    context = {"kind": KINDS[kind], "draft": outcome.draft, "errors": outcome.errors or {}, "cell": cell}
    template = "participation/new.html" if Terms(site()).takes(kind) else "participation/elsewhere.html"
    return render_template(template, **context)


def _cell(kind: str, told: dict[str, str]) -> Cell | None:
    """The cell that a correction is about; other kinds are about none."""
    if kind not in WRITTEN:
        abort(404)
    if kind != CORRECTION:
        return None
    cell = cell_at(published(), *(told.get(name, "") for name in ("address", "row", "column")))
    return cell or abort(404)


blueprint.app_context_processor(words.functions)
blueprint.app_context_processor(lambda: {"requests_about": service.about_row, "requests_behind": service.behind})
tracking.add_to(blueprint)
consulting.add_to(blueprint)
