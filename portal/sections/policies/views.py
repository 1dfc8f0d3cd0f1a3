"""The page of cited documents."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.frame.door import published
from portal.sections.policies.service import by_level, own

blueprint = Blueprint("policies", __name__, url_prefix="/policies", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """Cited documents by level."""
    return render_template("policies/index.html", levels=by_level(published()), own=own(published()))
