"""The page of search."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.frame import asked
from portal.frame.door import published
from portal.sections.search import service

blueprint = Blueprint("search", __name__, url_prefix="/search", template_folder="templates")


@blueprint.get("", strict_slashes=False)
def index() -> str | Response:
    """What was found, grouped by table, or one table's page."""
    query = request.args.get("q", "").strip()
    collection, table = request.args.get("collection"), request.args.get("table")
    page_number = asked.page_number()
    if collection and table:
        groups = service.paged(published(), query, collection, table, page_number)
    else:
        groups = service.grouped(published(), query)
    total = sum(g.total for g in groups)
    if not total and not service.repeatable(query):
        return redirect(url_for("search.index", nothing=1))
    last = -(-total // service.PER_PAGE) if table else 1
    return render_template(
        "search/index.html",
        query=query,
        in_vain="nothing" in request.args,
        groups=groups,
        hints=[] if groups else service.hints(published()),
        total=total,
        table=table,
        page_number=page_number,
        last=last,
    )
