"""Other things that members do: delete, report, follow, see their own; and stopping messages without a log-in."""

from __future__ import annotations

from flask import abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import MEMBER, needs, open_to_all
from portal.access.forms import without_token
from portal.forum import RefusedError, posting, reading, reporting, telling
from portal.frame.door import private
from portal.sections.forum import own, service
from portal.sections.forum.door import forum, who
from portal.sections.forum.views import blueprint
from portal.storage.forum import SHOWN, Post, Thread


@blueprint.route("/posts/<int:post_id>/delete", methods=["GET", "POST"])
@needs(MEMBER)
def delete(post_id: int) -> Response:
    """Delete one's own post, once asked whether it is meant."""
    with private().storage.session() as session:
        post = reading.by_id(session, Post, post_id)
        if post is None or not own.is_own(post, who().user_id) or not posting.has_text(post):
            abort(404)
        if request.method == "GET":
            mine = own.own_post(session, post, reading.thread_of(session, post))
            return make_response(render_template("forum/delete.html", own=mine))
        posting.remove(session, post)
    return redirect(url_for("forum.mine"), 303)


@blueprint.route("/posts/<int:post_id>/report", methods=["GET", "POST"])
@needs(MEMBER)
def report(post_id: int) -> Response:
    """Report a post to the moderators."""
    words, error, status = request.form.get("words", ""), "", 200
    with private().storage.session() as session:
        post = _shown(session, post_id)
        about = service.excerpt(session, post)
    if request.method == "POST":
        try:
            with private().storage.session() as session:
                reporting.report(session, who().user_id or 0, _shown(session, post_id), words, strong=who().strong)
            return make_response(render_template("forum/reported.html", post=post))
        except RefusedError as refused:
            error, status = refused.sentence, 429 if refused.is_hurried else 422
    facts = {"post": post, "about": about, "words": words, "error": error}
    return make_response(render_template("forum/report.html", **facts), status)


@blueprint.post("/threads/<int:thread_id>/follow")
@needs(MEMBER)
def follow(thread_id: int) -> Response:
    """Be told by mail of new posts in a thread, or no longer."""
    with private().storage.session() as session:
        found = reading.thread(session, thread_id) or abort(404)
        if "stop" in request.form:
            telling.unsubscribe(session, who().user_id or 0, found.thread_id)
        else:
            telling.follow(session, who().user_id or 0, found.thread_id)
    return redirect(url_for("forum.thread", thread_id=thread_id), 303)


@blueprint.route("/mine", methods=["GET", "POST"])
@needs(MEMBER)
def mine() -> Response:
    """A member's own posts, what they follow, and what they are told by mail."""
    me = who().user_id or 0
    with private().storage.session() as session:
        if request.method == "POST":
            telling.mention_mail(session, me, wanted="mentions" in request.form)
            telling.review_mail(session, me, wanted="reviews" in request.form)
        shown = own.mine(session, me)
        return make_response(render_template("forum/mine.html", **shown, saved=request.method == "POST"))


@blueprint.route("/unsubscribe/<token>", methods=["GET", "POST"])
@open_to_all
@without_token
def unsubscribe(token: str) -> Response:
    """Stop messages: the link says whose and about what; programs that follow links only open the page."""
    wanted = telling.wanted(forum(), token) or abort(404)
    user_id, thread_id = wanted
    with private().storage.session() as session:
        found = reading.by_id(session, Thread, thread_id)
        if request.method == "POST":
            telling.unsubscribe(session, user_id, thread_id)
    title = found.title if found is not None and found.state == SHOWN else ""
    about = {telling.ANY: "names", telling.REVIEWED: "reviews"}.get(thread_id, "thread")
    facts = {"about": about, "thread_title": title, "done": request.method == "POST"}
    return make_response(render_template("forum/unsubscribe.html", **facts))


def _shown(session: Session, post_id: int) -> Post:
    """A post that everybody sees."""
    found = reading.by_id(session, Post, post_id)
    if found is None or found.state != SHOWN or reading.thread_of(session, found).state != SHOWN:
        abort(404)
    return found
