"""The home page."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.frame.door import published
from portal.sections.home.service import front

blueprint = Blueprint("home", __name__, template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """The home page."""
    return render_template("home/index.html", **front(published()))
