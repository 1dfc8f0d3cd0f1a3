"""Pages of the desk for the queue: what waits, and what can be done with many at once."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.access import EDITOR, MODERATOR, needs
from portal.frame.asked import page_number
from portal.sections.handling import clearing, service
from portal.sections.participation.answers import private_page


@needs(MODERATOR, EDITOR)
def requests() -> Response:
    """What waits, and what is done."""
    return _page()


@needs(MODERATOR)
def clear() -> Response:
    """Take spam away or bring it back: what was ticked, or all that the page showed."""
    told = request.form
    step = told.get("do", "")
    if step not in clearing.STEPS.values():
        abort(400)
    numbers = told.getlist("shown" if told.get("which") == "all" else "number")
    if not numbers:
        return _page(wrong=_("还没有勾选来件。"))
    return _page(clearing.clear(numbers, step))


def _page(cleared: clearing.Cleared | None = None, wrong: str = "") -> Response:
    asked = {name: request.args.get(name) for name in ("queue", "kind", "q")}
    found = service.queue(**asked, number=page_number())
    told = {"clearing": clearing.step_for(found["queue"]), "cleared": cleared, "wrong": wrong}
    page = render_template("handling/requests.html", **found, **told)
    return private_page(page, 422 if wrong else 200)


def add_to(blueprint: Blueprint) -> None:
    """Put the pages onto the desk."""
    blueprint.add_url_rule("/requests/", "requests", requests, methods=["GET"])
    blueprint.add_url_rule("/requests/", "clear", clear, methods=["POST"])
