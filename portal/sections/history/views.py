"""Pages of rows as of a release, and of their histories."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template
from werkzeug.wrappers import Response

from portal.frame import as_of as shown
from portal.frame.door import published
from portal.frame.missing import refuse
from portal.published.as_of import Absent, as_of
from portal.sections.history import service

blueprint = Blueprint("history", __name__, template_folder="templates")


@blueprint.get("/<address>/<row_id>@<version>", endpoint="as_of")
def past(address: str, row_id: str, version: str) -> Response:
    """A row as of a release."""
    found = as_of(published(), address, row_id, version)
    if isinstance(found, Absent):
        refuse(address, row_id, found)
    banner = service.past(published(), found, address)
    shown.show(version, found.published.addresses)
    template, context = service.template(published(), found)
    return make_response(render_template(template, past=banner, **context))


@blueprint.get("/notices/<notice_id>@<version>", endpoint="notice_as_of")
def past_notice(notice_id: str, version: str) -> Response:
    """A notice as of a release; its address is more special than the other's, and would win."""
    return past("notices", notice_id, version)


@blueprint.get("/<address>/<row_id>/history")
def history(address: str, row_id: str) -> str:
    """What happened to a row."""
    found = service.whole_life(published(), address, row_id)
    if found is None:
        abort(404)
    served, table, life = found
    name = service.name_of(published(), served, table, life)
    here = served.row(table.name, row_id) is not None
    facts = {"of": served, "table": table, "life": life, "name": name, "is_here": here, "address": address}
    return render_template("history/show.html", **facts)
