"""The page of information disclosure."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.frame.door import published
from portal.sections.notices.service import newest

blueprint = Blueprint("disclosure", __name__, url_prefix="/disclosure", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """The disclosure catalogue of notices and the catalogue of data."""
    return render_template("disclosure/index.html", notices=newest(published()))
