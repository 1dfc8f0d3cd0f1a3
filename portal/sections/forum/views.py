"""Pages of the forum that everybody may read."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.forum import reading
from portal.frame.addresses import page
from portal.frame.asked import page_number
from portal.frame.door import private
from portal.sections.forum import own, service
from portal.sections.forum.door import forum, who
from portal.storage.forum import HIDDEN, SHOWN, Post

blueprint = Blueprint("forum", __name__, url_prefix="/forum", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """The boards."""
    with private().storage.session() as session:
        return render_template("forum/index.html", **service.index(session, forum()))


@blueprint.get("/boards/<board_id>")
def board(board_id: str) -> str:
    """The threads of a board."""
    with private().storage.session() as session:
        found = service.board(session, forum(), board_id, page_number())
    return render_template("forum/board.html", **(found or abort(404)))


@blueprint.get("/about")
def about() -> str | Response:
    """The threads about a row, a notice or a dataset."""
    if "of" not in request.args:
        return redirect(url_for("forum.index"))
    with private().storage.session() as session:
        found = service.about(session, forum(), request.args.get("of", ""))
    return render_template("forum/about.html", **(found or abort(404)))


@blueprint.get("/threads/<int:thread_id>")
def thread(thread_id: int) -> Response:
    """A page of a thread; one that was hidden says so."""
    with private().storage.session() as session:
        found = reading.thread(session, thread_id) or abort(404)
        if found.state != SHOWN:
            reason = reading.why_hidden(session, found) if found.state == HIDDEN else None
            facts = {"board": forum().board_of(found.board), "reason": reason}
            return make_response(render_template("forum/gone.html", **facts), 410)
        shown = service.thread(session, forum(), found, page_number(), who(), page)
        return make_response(render_template("forum/thread.html", **shown))


@blueprint.get("/posts/<int:post_id>")
def post(post_id: int) -> Response:
    """To the place of a post in its thread; one that waits is seen by its author alone."""
    with private().storage.session() as session:
        found = reading.by_id(session, Post, post_id) or abort(404)
        of = reading.thread_of(session, found)
        if of.state in reading.SEEN and found.state in reading.SEEN:
            number = reading.page_of(session, found)
            place = url_for("forum.thread", thread_id=of.thread_id, page=number if number > 1 else None)
            return redirect(f"{place}#post-{post_id}", 302)
        if not own.is_own(found, who().user_id):
            abort(404)
        facts = {"own": own.own_post(session, found, of), **own.wishes(session, who().user_id or 0)}
        return make_response(render_template("forum/waiting.html", **facts))


@blueprint.get("/posts/<int:post_id>/history")
def history(post_id: int) -> Response:
    """Every wording of a post that was public, and what each changed."""
    with private().storage.session() as session:
        found = reading.by_id(session, Post, post_id) or abort(404)
        of = reading.thread_of(session, found)
        wordings = service.wordings(session, found) if of.state == SHOWN else []
        return make_response(
            render_template("forum/history.html", post=found, thread=of, wordings=wordings or abort(404))
        )


@blueprint.get("/search")
def search() -> str:
    """Search in posts."""
    query = request.args.get("q", "").strip()[:100]
    with private().storage.session() as session:
        return render_template("forum/search.html", **service.search(session, query, page_number()))
