"""What moderators decide: each needs a reason, and is on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import MODERATOR, needs, person
from portal.forum import RefusedError, reading, reviewing, standing
from portal.frame.door import private
from portal.sections.forum.door import forum
from portal.sections.moderation import acts
from portal.sections.moderation.acts import Told
from portal.sections.moderation.views import blueprint, member_page, post_page, thread_page, waiting_page
from portal.storage.base import Base
from portal.storage.forum import Post, Thread
from portal.storage.people import User

MOST = 100
"""Wordings that are decided on at once."""
Kind = TypeVar("Kind", bound=Base)
Shown = Callable[[int, str, int], Response]


@blueprint.post("/")
@needs(MODERATOR)
def decide() -> Response:
    """Let the ticked wordings through or not, reject all of the page, or take the word of one author away."""
    if "mute" in request.form:
        return _mute(request.form.get("mute", 0, type=int))
    ids = _ids()
    if not ids:
        return waiting_page(_("还没有勾选帖子。"), status=422)
    why = None if "approve" in request.form else _told().reason
    try:
        with private().storage.session() as session:
            decided = reviewing.decide(session, forum(), _told().me, ids, why)
    except RefusedError as error:
        return waiting_page(error.sentence, status=422)
    done = ngettext("已处理 %(num)s 帖。", "已处理 %(num)s 帖。", decided)
    return waiting_page(_changed(len(ids) - decided), done if decided else "")


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


def _ids() -> list[int]:
    """The ticked wordings, or all that the page showed."""
    field = "listed" if request.form.get("reject") == "page" else "version"
    return list(dict.fromkeys(int(v) for v in request.form.getlist(field)[:MOST] if v.isdigit()))


def _changed(number: int) -> str:
    """What is said where authors or other moderators were faster."""
    return ngettext("有 %(num)s 帖刚被改过，请再看。", "有 %(num)s 帖刚被改过，请再看。", number) if number else ""


def _mute(user_id: int) -> Response:
    told = _told()
    try:
        with private().storage.session() as session:
            found = reading.by_id(session, User, user_id) or abort(404)
            count = standing.reject_all(session, told.me, found.id, told.reason)
    except RefusedError as error:
        return waiting_page(error.sentence, status=422)
    return waiting_page(done=ngettext("已退回 %(num)s 帖，并停止其发言。", "已退回 %(num)s 帖，并停止其发言。", count))


def _decided(
    known: Mapping[str, Callable[[Session, Kind, Told], object]], kind: type[Kind], key: int, shown: Shown, here: str
) -> Response:
    """Do what the form says, and show its page again."""
    act = known.get(request.form.get("act", "")) or abort(400)
    try:
        with private().storage.session() as session:
            act(session, reading.by_id(session, kind, key) or abort(404), _told())
    except RefusedError as error:
        return shown(key, error.sentence, 422)
    return redirect(here, 303)


def _told() -> Told:
    member, form = person() or abort(403), request.form
    wording = form.get("wording", 0, type=int)
    return Told(forum(), int(member.id), form.get("reason", ""), form.get("board", ""), wording)
