"""Pages of a member's own requests: no code is needed, and nobody else's can be seen."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import MEMBER, my_id, needs
from portal.frame.door import private
from portal.participation import finding
from portal.sections.participation import service
from portal.sections.participation.answers import private_page
from portal.sections.participation.tracking import do_as_sender
from portal.storage.participation import CitizenRequest

blueprint = Blueprint("mine", __name__, url_prefix="/account/requests", template_folder="templates")


@blueprint.get("/")
@needs(MEMBER)
def index() -> Response:
    """What the account has sent."""
    with private().storage.session() as session:
        rows = service.with_cells(finding.of_member(session, my_id()))
    return private_page(render_template("mine/index.html", rows=rows))


@blueprint.get("/<number>")
@needs(MEMBER)
def show(number: str) -> Response:
    """One of them."""
    return _page(number)


@blueprint.post("/<number>")
@needs(MEMBER)
def do(number: str) -> Response:
    """Add something, or take it back."""
    return _page(number, changes=True)


def _page(number: str, changes: bool = False) -> Response:
    with private().storage.session() as session:
        found = _own(session, number)
        said, status = do_as_sender(session, found, request.form) if changes else ("", 200)
        page = render_template("participation/own.html", found=found, said=said, **service.sender_sees(found))
        return private_page(page, status)


def _own(session: Session, number: str) -> CitizenRequest:
    """The request, where it is the member's own; else it is as if there were none."""
    found = finding.by_number(session, number)
    if found is None or found.user_id != my_id():
        abort(404, _("没有这个编号，或者不是您提交的。"))
    return found
