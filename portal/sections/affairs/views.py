"""The page of public affairs."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.frame.door import published
from portal.sections.affairs.service import indicators
from portal.sections.notices.service import newest
from portal.sections.targets.service import years

blueprint = Blueprint("affairs", __name__, url_prefix="/affairs", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """Notices, plans by year, indicators."""
    return render_template(
        "affairs/index.html",
        notices=newest(published())[:10],
        years=years(published()),
        indicators=indicators(published()),
    )
