"""Pages of the desk for the forum: what waits, what was reported, what is hidden, what was done."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.access import MODERATOR, needs
from portal.forum import put_away, queue, reading
from portal.forum.sieve import LONGEST, Sieve
from portal.frame.addresses import page
from portal.frame.asked import page_number
from portal.frame.door import private
from portal.sections.forum.door import forum
from portal.sections.moderation import service
from portal.storage.forum import Post, Thread
from portal.storage.people import User

blueprint = Blueprint("moderation", __name__, url_prefix="/desk/posts", template_folder="templates")


@blueprint.get("/")
@needs(MODERATOR)
def index() -> Response:
    """The wordings that wait, the oldest first."""
    return waiting_page()


@blueprint.get("/reports")
@needs(MODERATOR)
def reports() -> Response:
    """Posts that members reported."""
    return reports_page()


@blueprint.get("/hidden")
@needs(MODERATOR)
def hidden() -> Response:
    """Posts that were hidden."""
    number = page_number()
    with private().storage.session() as session:
        total, found = put_away.hidden(session, number)
        facts = {"listed": service.seen(session, forum(), found, page), **service.paging(total, number)}
        facts["threads"] = put_away.hidden_threads(session)
        return make_response(render_template("moderation/hidden.html", **facts))


@blueprint.get("/rejected")
@needs(MODERATOR)
def rejected() -> Response:
    """Wordings that were rejected and may wait again."""
    return rejected_page()


@blueprint.get("/log")
@needs(MODERATOR)
def log() -> Response:
    """What was done, by whom and why."""
    number = page_number()
    with private().storage.session() as session:
        total, entries = queue.done(session, number)
        return make_response(render_template("moderation/log.html", entries=entries, **service.paging(total, number)))


@blueprint.get("/<int:post_id>")
@needs(MODERATOR)
def post(post_id: int) -> Response:
    """One post and what can be done with it."""
    return post_page(post_id)


@blueprint.get("/threads/<int:thread_id>")
@needs(MODERATOR)
def thread(thread_id: int) -> Response:
    """One thread and what can be done with it."""
    return thread_page(thread_id)


@blueprint.get("/members/<int:user_id>")
@needs(MODERATOR)
def member(user_id: int) -> Response:
    """One member and how they stand."""
    return member_page(user_id)


def waiting_page(error: str = "", done: str = "", status: int = 200) -> Response:
    """The queue, with what was wrong or done."""
    number, sieve = page_number(), _sieve()
    with private().storage.session() as session:
        total, waiting = queue.waiting(session, number, sieve)
        facts = {"waiting": service.waiting(forum(), waiting, page), "total": total, "sieve": sieve}
        facts |= service.paging(total, number, queue.READ_AT_ONCE)
        return make_response(render_template("moderation/index.html", error=error, done=done, **facts), status)


def reports_page(error: str = "", done: str = "", status: int = 200) -> Response:
    """The reported posts, with what was wrong or done."""
    number = page_number()
    with private().storage.session() as session:
        facts = {"listed": service.seen(session, forum(), queue.reported(session, number), page)}
        facts |= service.paging(queue.count_reported(session), number)
        return make_response(render_template("moderation/reports.html", error=error, done=done, **facts), status)


def rejected_page(error: str = "", done: str = "", status: int = 200) -> Response:
    """The rejected wordings, with what was wrong or done."""
    number = page_number()
    with private().storage.session() as session:
        total, found = put_away.rejected(session, number)
        facts = {"listed": service.seen(session, forum(), found, page), **service.paging(total, number)}
        return make_response(render_template("moderation/rejected.html", error=error, done=done, **facts), status)


def post_page(post_id: int, error: str = "", status: int = 200) -> Response:
    """A post with the forms of what can be done."""
    with private().storage.session() as session:
        found = reading.by_id(session, Post, post_id) or abort(404)
        facts = service.post(session, forum(), found, page)
        return make_response(render_template("moderation/post.html", error=error, **facts), status)


def thread_page(thread_id: int, error: str = "", status: int = 200) -> Response:
    """A thread with the forms of what can be done."""
    with private().storage.session() as session:
        found = reading.by_id(session, Thread, thread_id) or abort(404)
        facts = {"thread": found, "board": forum().board_of(found.board), "boards": forum().boards}
        return make_response(render_template("moderation/thread.html", error=error, **facts), status)


def member_page(user_id: int, error: str = "", status: int = 200) -> Response:
    """A member with the forms of what can be done."""
    with private().storage.session() as session:
        found = reading.by_id(session, User, user_id) or abort(404)
        return make_response(
            render_template("moderation/member.html", error=error, **service.member(session, found)), status
        )


def _sieve() -> Sieve:
    return Sieve(request.args.get("q", "").strip()[:LONGEST], request.args.get("who", ""))
