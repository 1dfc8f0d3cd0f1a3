"""The page about the site."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("about", __name__, url_prefix="/about", template_folder="templates")


@blueprint.get("", strict_slashes=False)
def index() -> str:
    """What this site is, how it works, its limits, its words."""
    return render_template("about/index.html")
