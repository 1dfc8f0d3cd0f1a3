"""Pages of notices."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.frame.door import published
from portal.frame.missing import refuse
from portal.sections.notices import service

blueprint = Blueprint("notices", __name__, url_prefix="/notices", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """All notices."""
    return render_template("notices/index.html", notices=service.newest(published()))


@blueprint.get("/<notice_id>")
def show(notice_id: str) -> str:
    """One notice."""
    located = published().find("notices", notice_id)
    if located is None:
        refuse("notices", notice_id)
    return render_template("notices/show.html", served_by=located.published, **service.notice(located))
