"""Pages of queries that are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import limits
from portal.access import open_to_all
from portal.access.forms import without_token
from portal.frame.door import published
from portal.queries.refusal import QueryRefusedError
from portal.sections.queries import service

if TYPE_CHECKING:
    from portal.queries.store import Queries

blueprint = Blueprint("queries", __name__, url_prefix="/q", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """What citing a query is."""
    return render_template("queries/index.html")


@blueprint.post("/")
@open_to_all
@without_token
def store() -> Response | tuple[str, int]:
    """Keep a query, and go to its page."""
    try:
        asked = service.asked(published(), request.form)
        key = _queries().known(asked)
        if key is None:
            limits.check("cite")
        key = key or _queries().store(asked)
    except QueryRefusedError as error:
        return render_template("queries/refused.html", words=str(error), sql=request.form.get("sql", "")[:2000]), 422
    return redirect(url_for("queries.show", query_id=key), 303)


@blueprint.get("/<query_id>")
def show(query_id: str) -> str:
    """A query, run again and compared."""
    query = _queries().find(query_id)
    if query is None:
        abort(404)
    return render_template("queries/show.html", **service.landing(_queries(), query))


def _queries() -> Queries:
    queries: Queries = current_app.extensions["queries"]
    return queries
