"""What moderators decide on one post, thread or member: each needs a reason, and is on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import MODERATOR, needs, person
from portal.forum import RefusedError, reading
from portal.frame.door import private
from portal.sections.forum.door import forum
from portal.sections.moderation import acts
from portal.sections.moderation.acts import Told
from portal.sections.moderation.views import blueprint, member_page, post_page, thread_page
from portal.storage.base import Base
from portal.storage.forum import Post, Thread
from portal.storage.people import User

Kind = TypeVar("Kind", bound=Base)
Shown = Callable[[int, str, int], Response]


@blueprint.post("/<int:post_id>")
@needs(MODERATOR)
def decide_post(post_id: int) -> Response:
    """Hide or restore a post, hide an old wording of it, or close its reports."""
    here = url_for("moderation.post", post_id=post_id)
    return _decided(acts.POSTS, Post, post_id, post_page, here)


@blueprint.post("/threads/<int:thread_id>")
@needs(MODERATOR)
def decide_thread(thread_id: int) -> Response:
    """Lock, pin, move, hide a thread, or undo that."""
    here = url_for("moderation.thread", thread_id=thread_id)
    return _decided(acts.THREADS, Thread, thread_id, thread_page, here)


@blueprint.post("/members/<int:user_id>")
@needs(MODERATOR)
def decide_member(user_id: int) -> Response:
    """Trust a member or take their word away, or undo that; reject or hide all that they wrote."""
    here = url_for("moderation.member", user_id=user_id)
    return _decided(acts.MEMBERS, User, user_id, member_page, here)


def _decided(
    known: Mapping[str, Callable[[Session, Kind, Told], object]], kind: type[Kind], key: int, shown: Shown, here: str
) -> Response:
    """Do what the form says, and show its page again."""
    act = known.get(request.form.get("act", "")) or abort(400)
    try:
        with private().storage.session() as session:
            act(session, reading.by_id(session, kind, key) or abort(404), told())
    except RefusedError as error:
        return shown(key, error.sentence, 422)
    return redirect(here, 303)


def told() -> Told:
    """Who decides, and what the form says."""
    member, form = person() or abort(403), request.form
    wording = form.get("wording", 0, type=int)
    return Told(forum(), int(member.id), form.get("reason", ""), form.get("board", ""), wording)
