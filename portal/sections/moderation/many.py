"""What moderators decide on many posts at once: a page of the queue, of the reports, of what was rejected."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import MODERATOR, needs
from portal.forum import RefusedError, reading, reviewing, standing
from portal.frame.asked import numbers
from portal.frame.door import private
from portal.sections.forum.door import forum
from portal.sections.moderation.deciding import told
from portal.sections.moderation.views import blueprint, rejected_page, reports_page, waiting_page
from portal.storage.forum import Post, Version
from portal.storage.people import User

MOST = 100
"""Posts that are decided on at once."""
Shown = Callable[[str, str, int], Response]


@blueprint.post("/")
@needs(MODERATOR)
def decide() -> Response:
    """Let the ticked wordings through or not, reject all of the page, or take the word of authors away."""
    if "mute" in request.form:
        return _mute(request.form.get("mute", 0, type=int))
    asked = request.form.get("reject", "approve")
    ids = numbers("version" if asked not in ("page", "authors") else "listed", MOST)
    if not ids:
        return waiting_page(_("还没有勾选帖子。"), status=422)
    try:
        with private().storage.session() as session:
            decided = _decided(session, ids, asked)
    except RefusedError as error:
        return waiting_page(error.sentence, status=422)
    return waiting_page(_changed(len(ids) - decided), _done(decided) if decided else "")


@blueprint.post("/reports")
@needs(MODERATOR)
def answer_reports() -> Response:
    """Hide the ticked posts, or close the reports of those that stay."""
    acts = {"hide": reviewing.hide, "dismiss": reviewing.dismiss}
    act = acts.get(request.form.get("act", "")) or abort(400)

    def do(session: Session, ids: list[int]) -> int:
        posts = [post for n in ids if (post := reading.by_id(session, Post, n))]
        for post in posts:
            act(session, told().me, post, told().reason)
        return len(posts)

    return _ticked("post", reports_page, do)


@blueprint.post("/rejected")
@needs(MODERATOR)
def reopen() -> Response:
    """Let the ticked wordings, or all of the page, wait again."""

    def do(session: Session, ids: list[int]) -> int:
        found = [version for n in ids if (version := reading.by_id(session, Version, n))]
        return sum(reviewing.reopen(session, told().me, version, told().reason) for version in found)

    return _ticked("listed" if request.form.get("which") == "page" else "version", rejected_page, do)


def _decided(session: Session, ids: list[int], asked: str) -> int:
    if asked == "authors":
        return standing.reject_authors(session, forum(), told().me, ids, told().reason)
    return reviewing.decide(session, forum(), told().me, ids, None if asked == "approve" else told().reason)


def _ticked(field: str, shown: Shown, do: Callable[[Session, list[int]], int]) -> Response:
    """Do something with what was ticked, and show the page again."""
    ids = numbers(field, MOST)
    if not ids:
        return shown(_("还没有勾选帖子。"), "", 422)
    try:
        with private().storage.session() as session:
            count = do(session, ids)
    except RefusedError as error:
        return shown(error.sentence, "", 422)
    return shown("", _done(count), 200)


def _done(count: int) -> str:
    return str(ngettext("已处理 %(num)s 帖。", "已处理 %(num)s 帖。", count))


def _changed(number: int) -> str:
    """What is said where authors or other moderators were faster."""
    return ngettext("有 %(num)s 帖刚被改过，请再看。", "有 %(num)s 帖刚被改过，请再看。", number) if number > 0 else ""


def _mute(user_id: int) -> Response:
    try:
        with private().storage.session() as session:
            found = reading.by_id(session, User, user_id) or abort(404)
            count = standing.reject_all(session, forum(), told().me, found.id, told().reason)
    except RefusedError as error:
        return waiting_page(error.sentence, status=422)
    return waiting_page(done=ngettext("已退回 %(num)s 帖，并停止其发言。", "已退回 %(num)s 帖，并停止其发言。", count))
