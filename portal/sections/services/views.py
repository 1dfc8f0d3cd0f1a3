"""The page of services."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.frame.door import published
from portal.sections.services.service import programmes

blueprint = Blueprint("services", __name__, url_prefix="/services", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """Downloads, interfaces, example queries, services that notices name."""
    return render_template("services/index.html", programmes=programmes(published()))
