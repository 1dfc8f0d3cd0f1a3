"""The page of party affairs."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.frame.door import published
from portal.sections.notices.service import of_party_groups

blueprint = Blueprint("party", __name__, url_prefix="/party", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """Notices that party groups issue."""
    return render_template("party/index.html", notices=of_party_groups(published()))
