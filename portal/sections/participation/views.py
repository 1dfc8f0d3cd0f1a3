"""The page of public participation."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("participation", __name__, url_prefix="/participation", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """How to say what is wrong and to ask for data."""
    return render_template("participation/index.html")
