"""The tracker's page."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from portal.frame import asked
from portal.frame.door import published
from portal.sections.targets import service

blueprint = Blueprint("targets", __name__, url_prefix="/targets", template_folder="templates")
PER_PAGE = 100


@blueprint.get("/")
def index() -> str:
    """All targets, by year and by what is known of their outcome."""
    year, state = asked.year(), request.args.get("state")
    state = state if state in service.STATES else None
    page_number = asked.page_number()
    found = service.targets(published(), year=year, state=state)
    return render_template(
        "targets/index.html",
        targets=found[(page_number - 1) * PER_PAGE : page_number * PER_PAGE],
        total=len(found),
        page_number=page_number,
        last=-(-len(found) // PER_PAGE),
        year=year,
        state=state,
        years=service.years(published()),
        counts=service.counts(published(), year),
    )
