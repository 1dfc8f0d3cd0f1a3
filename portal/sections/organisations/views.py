"""The page of bodies."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.frame.door import published
from portal.sections.organisations.service import by_kind

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """Bodies by kind."""
    return render_template("organisations/index.html", kinds=by_kind(published()))
