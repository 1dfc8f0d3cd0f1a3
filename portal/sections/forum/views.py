"""The page of the forum."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("forum", __name__, url_prefix="/forum", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """Where there will be a forum, and where to turn until then."""
    return render_template("forum/index.html")
