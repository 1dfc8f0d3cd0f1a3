"""What moderators decide: each needs a reason, and is on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import MODERATOR, needs, person
from portal.forum import RefusedError, reading, reviewing
from portal.frame.door import private
from portal.sections.forum.door import forum
from portal.sections.moderation.views import blueprint, member_page, post_page, thread_page, waiting_page
from portal.storage.forum import Post, Thread
from portal.storage.people import User

MOST = 100
"""Wordings that are decided on at once."""
Decide = Callable[[Session, int], None]


@blueprint.post("/")
@needs(MODERATOR)
def decide() -> Response:
    """Let the ticked wordings through or not, or take the word of one author away."""
    told = request.form
    ids = [int(v) for v in told.getlist("version")[:MOST] if v.isdigit()]
    if "mute" in told:
        return _mute(told.get("mute", 0, type=int), told.get("reason", ""))
    if not ids:
        return waiting_page(_("还没有勾选帖子。"), status=422)
    try:
        with private().storage.session() as session:
            decided = reviewing.decide(
                session, forum(), _me(), ids, None if "approve" in told else told.get("reason", "")
            )
    except RefusedError as error:
        return waiting_page(error.sentence, status=422)
    done = ngettext("已处理 %(num)s 帖。", "已处理 %(num)s 帖。", decided)
    return waiting_page(_changed(len(set(ids)) - decided), done if decided else "")


@blueprint.post("/<int:post_id>")
@needs(MODERATOR)
def decide_post(post_id: int) -> Response:
    """Hide or restore a post, or close its reports."""
    acts = {"hide": reviewing.hide, "restore": reviewing.unhide, "dismiss": reviewing.dismiss}
    act, reason = acts.get(request.form.get("act", "")) or abort(400), request.form.get("reason", "")

    def decision(session: Session, me: int) -> None:
        act(session, me, reading.by_id(session, Post, post_id) or abort(404), reason)

    return _decided(decision, lambda error: post_page(post_id, error, 422), "moderation.post", post_id=post_id)


@blueprint.post("/threads/<int:thread_id>")
@needs(MODERATOR)
def decide_thread(thread_id: int) -> Response:
    """Lock, pin, move, hide a thread, or undo that."""
    told = request.form
    act, reason = told.get("act", ""), told.get("reason", "")

    def decision(session: Session, me: int) -> None:
        found = reading.by_id(session, Thread, thread_id) or abort(404)
        if act in ("lock", "unlock"):
            reviewing.lock(session, me, found, reason, on=act == "lock")
        elif act in ("pin", "unpin"):
            reviewing.pin(session, me, found, reason, on=act == "pin")
        elif act == "move":
            reviewing.move(session, forum(), me, found, told.get("board", ""), reason)
        elif act in ("hide", "restore"):
            (reviewing.hide_thread if act == "hide" else reviewing.unhide_thread)(session, me, found, reason)
        else:
            abort(400)

    return _decided(decision, lambda e: thread_page(thread_id, e, 422), "moderation.thread", thread_id=thread_id)


@blueprint.post("/members/<int:user_id>")
@needs(MODERATOR)
def decide_member(user_id: int) -> Response:
    """Trust a member or take their word away, or undo that."""
    acts = {
        "trust": ("is_trusted", True),
        "distrust": ("is_trusted", False),
        "mute": ("is_muted", True),
        "unmute": ("is_muted", False),
    }
    what, on = acts.get(request.form.get("act", "")) or abort(400)

    def decision(session: Session, me: int) -> None:
        if reading.by_id(session, User, user_id) is None:
            abort(404)
        reviewing.set_standing(session, me, user_id, what, on=on, reason=request.form.get("reason", ""))

    return _decided(decision, lambda e: member_page(user_id, e, 422), "moderation.member", user_id=user_id)


def _changed(number: int) -> str:
    """What is said where authors or other moderators were faster."""
    return ngettext("有 %(num)s 帖刚被改过，请再看。", "有 %(num)s 帖刚被改过，请再看。", number) if number else ""


def _mute(user_id: int, reason: str) -> Response:
    try:
        with private().storage.session() as session:
            if reading.by_id(session, User, user_id) is None:
                abort(404)
            count = reviewing.reject_all(session, _me(), user_id, reason)
    except RefusedError as error:
        return waiting_page(error.sentence, status=422)
    return waiting_page(done=ngettext("已退回 %(num)s 帖，并停止其发言。", "已退回 %(num)s 帖，并停止其发言。", count))


def _decided(decision: Decide, refused: Callable[[str], Response], endpoint: str, **values: Any) -> Response:
    try:
        with private().storage.session() as session:
            decision(session, _me())
    except RefusedError as error:
        return refused(error.sentence)
    return redirect(url_for(endpoint, **values), 303)


def _me() -> int:
    member = person()
    return int(member.id) if member else abort(403)
