"""A page for each row of a table that has an address."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.frame.door import published
from portal.frame.missing import refuse
from portal.sections.rows import service

blueprint = Blueprint("rows", __name__, template_folder="templates")


@blueprint.get("/<address>/", strict_slashes=False)
def index(address: str) -> str | Response:
    """All rows under an address; where there is no list for people, the catalogue shows them."""
    found = service.table_at(published(), address)
    if found is None:
        abort(404)
    if listed := service.listed(published(), address):
        return render_template(f"rows/lists/{listed['table'].name}.html", **listed)
    return redirect(url_for("catalogue.table", collection=found[0], table=found[1]))


@blueprint.get("/<address>/<row_id>")
def show(address: str, row_id: str) -> str:
    """One row."""
    located = published().find(address, row_id)
    if located is None:
        refuse(address, row_id)
    return render_template(service.template(located), **service.page(located))
