"""Pages of queries that are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.frame import sameorigin
from portal.frame.door import published
from portal.queries.limit import Allowance
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
def store() -> Response | tuple[str, int]:
    """Keep a query, and go to its page."""
    sameorigin.check()
    allowance: Allowance = current_app.extensions["query_allowance"]
    try:
        asked = service.asked(published(), request.form)
        key = _queries().known(asked)
        if key is None and not allowance.take(request.remote_addr or ""):
            abort(429, _("一个地址一小时内引用的查询太多，请过一会儿再试。"))
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
    queries: Queries | None = current_app.extensions["queries"]
    if queries is None:
        abort(404, _("这个网站没有打开引用查询的功能。"))
    return queries
