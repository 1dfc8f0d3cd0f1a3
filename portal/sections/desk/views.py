"""Pages of the desk: what waits, and what was done."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from portal.access import ADMIN, EDITOR, MODERATOR, needs
from portal.access.current import roles
from portal.frame.asked import page_number
from portal.frame.door import private
from portal.sections.desk import entries, service
from portal.sections.desk.deeds import choices, deed
from portal.sections.desk.queues import PLACES, open_to

LONGEST = 200

blueprint = Blueprint("desk", __name__, url_prefix="/desk", template_folder="templates")
blueprint.add_app_template_global(lambda: open_to(roles(), PLACES), "desk_places")
blueprint.add_app_template_global(deed, "deed")
blueprint.add_app_template_global(entries.done_to, "done_to")
blueprint.add_app_template_global(entries.detail, "entry_detail")


@blueprint.get("/")
@needs(MODERATOR, EDITOR, ADMIN)
def index() -> str:
    """What waits for whoever asks."""
    with private().storage.session() as session:
        return render_template("desk/index.html", queues=service.waiting(session, roles()))


@blueprint.get("/log")
@needs(ADMIN)
def log() -> str:
    """What was done by whom."""
    asked = {name: request.args.get(name, "").strip()[:LONGEST] for name in ("by", "action", "about")}
    with private().storage.session() as session:
        about = entries.meant(asked["about"])
        found = service.log(session, asked["by"], asked["action"], about, page_number())
        return render_template("desk/log.html", page_of=found, asked=asked, deeds=choices())
