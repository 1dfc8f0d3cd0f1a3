"""Pages of the desk for releases: what the next one would hold, starting it, what earlier ones said."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import audit
from portal.access import EDITOR, needs
from portal.frame.door import private, published
from portal.jobs import JobError
from portal.sections.handling.service import hand, jobs
from portal.sections.participation.answers import private_page


@needs(EDITOR)
def releases() -> Response:
    """The collections that can be released, and the jobs on record."""
    return _page()


@needs(EDITOR)
def start() -> Response:
    """Look at the next release of a collection, or make it; it goes on by itself."""
    served = published().collection(request.form.get("collection", "")) or abort(404)
    dry = ("--dry-run",) if request.form.get("do") == "look" else ()
    try:
        if problem := jobs().problem(served.name):
            raise JobError(problem)
        with private().storage.session() as session:
            audit.note(session, hand().user_id, "release.look" if dry else "release.start", served.name)
        jobs().start("release", *dry, "--", served.name)
    except JobError as error:
        return _page(str(error), 422)
    return redirect(url_for("handling.releases"), 303)


def _page(wrong: str = "", status: int = 200) -> Response:
    collections = [(c, jobs().problem(c.name)) for c in published().collections()]
    told = {"collections": collections, "jobs": jobs().jobs(), "is_busy": jobs().is_busy(), "wrong": wrong}
    return private_page(render_template("handling/releases.html", **told), status)


def add_to(blueprint: Blueprint) -> None:
    """Put the pages onto the desk."""
    blueprint.add_url_rule("/releases/", "releases", releases, methods=["GET"])
    blueprint.add_url_rule("/releases/", "start", start, methods=["POST"])
