"""Pages for whoever has the tracking code of a request: it is sent in the body alone, never in an address."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal import limits
from portal.access import open_to_all
from portal.frame.door import private, site
from portal.participation import finding, handling
from portal.participation.states import StepError
from portal.participation.terms import Terms
from portal.participation.texts import text
from portal.sections.participation import service
from portal.sections.participation.answers import private_page
from portal.storage.participation import CitizenRequest

LONGEST = 5_000


def track() -> Response:
    """The form for number and code."""
    return private_page(render_template("participation/track.html", errors={}, typed=""))


@open_to_all
def tracked() -> Response:
    """What the sender of a request may see, and add; `do` says what is to be done besides."""
    limits.check("track")
    number, code = request.form.get("number", "")[:40], request.form.get("code", "")[:80]
    with private().storage.session() as session:
        found = finding.tracked(session, number, code)
        if found is None:
            wrong = {"": _("编号或查询码不对，请核对后再试。查询码只在提交时显示过一次。")}
            page = render_template("participation/track.html", errors=wrong, typed=number)
            return private_page(page, 404)
        said, status = do_as_sender(session, found, request.form)
        context = {"found": found, "code": code, "said": said, **service.sender_sees(found)}
        return private_page(render_template("participation/own.html", **context), status)


def do_as_sender(session: Session, found: CitizenRequest, form: Mapping[str, str]) -> tuple[str, int]:
    """Do what the sender of a request asks for; what to say of it, and the status."""
    asked, words = form.get("do", ""), text(form.get("words", ""), LONGEST)
    try:
        if asked == "supplement":
            added = handling.supplement(session, found, words)
            return (_("已经补充。") if added else _("没有新的内容可补充。")), 200
        if asked == "withdraw":
            handling.perform(session, found, "withdraw", handling.SENDER, Terms(site()))
            return _("已经撤回。"), 200
    except StepError as error:
        return str(error), 422
    return "", 200


def add_to(blueprint: Blueprint) -> None:
    """Put the pages into the section."""
    blueprint.add_url_rule("/track", view_func=track, methods=["GET"])
    blueprint.add_url_rule("/track", view_func=tracked, methods=["POST"])
