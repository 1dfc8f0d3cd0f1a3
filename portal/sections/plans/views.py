"""Pages of plans."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from portal.frame.door import published
from portal.sections.plans import service
from portal.sections.targets.service import counts, years

blueprint = Blueprint("plans", __name__, url_prefix="/plans", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """The years that there are plans or targets for."""
    return render_template("plans/index.html", years=years(published()))


@blueprint.get("/<int(max=9999):year>")
def year(year: int) -> str:
    """One year: chapter by chapter, target by target."""
    found = service.year(published(), year)
    if not found["plans"] and not found["elsewhere"]:
        abort(404)
    return render_template("plans/year.html", year=year, counts=counts(published(), year), **found)
