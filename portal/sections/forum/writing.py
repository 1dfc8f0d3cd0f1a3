"""Pages on which members write. A text that is not taken, whatever the reason, comes back in its form."""

from __future__ import annotations

from flask import abort, current_app, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from portal.access import MEMBER, needs, open_to_all
from portal.forum import posting, reading
from portal.frame.door import private
from portal.sections.forum import own, service
from portal.sections.forum.door import forum, who
from portal.sections.forum.forms import form, send, written
from portal.sections.forum.service import Sheet
from portal.sections.forum.views import blueprint
from portal.storage.forum import SHOWN, Post, Thread


@blueprint.get("/new")
@needs(MEMBER)
def new() -> Response:
    """An empty form for a thread."""
    return form(Sheet(title="", board=request.args.get("board", ""), about=request.args.get("about", "")))


@blueprint.post("/new")
@open_to_all
def begin() -> Response:
    """Begin a thread."""
    sheet = written()

    def keep(session: Session, user_id: int, strong: bool) -> int:
        told = (sheet.board, sheet.title or "", sheet.text, sheet.about)
        return posting.begin(session, forum(), user_id, *told, strong=strong).post_id

    return send(sheet, keep)


@blueprint.get("/threads/<int:thread_id>/reply")
@needs(MEMBER)
def write_reply(thread_id: int) -> Response:
    """A form for a reply, with a post quoted in it where one is named."""
    with private().storage.session() as session:
        of = _thread(session, thread_id)
        quoted = reading.by_id(session, Post, request.args.get("quote", 0, type=int))
        text = service.quoted(session, quoted, _("已注销用户")) if quoted and quoted.thread_id == thread_id else ""
    return form(Sheet(text=text, thread=of))


@blueprint.post("/threads/<int:thread_id>/reply")
@open_to_all
def reply(thread_id: int) -> Response:
    """Reply in a thread."""
    with private().storage.session() as session:
        sheet = written(thread=_thread(session, thread_id))

    def keep(session: Session, user_id: int, strong: bool) -> int:
        of = _thread(session, thread_id)
        return posting.reply(session, forum(), user_id, of, sheet.text, strong=strong).post_id

    return send(sheet, keep)


@blueprint.get("/posts/<int:post_id>/edit")
@needs(MEMBER)
def rewrite(post_id: int) -> Response:
    """The form of one's own post."""
    with private().storage.session() as session:
        post = _own(session, post_id)
        last = posting.newest(session, post)
        of = reading.thread_of(session, post)
        return form(Sheet(text=last.text, title=last.title, post=post, thread=of))


@blueprint.post("/posts/<int:post_id>/edit")
@open_to_all
def edit(post_id: int) -> Response:
    """Write another wording of one's own post."""
    if who().user_id is None:
        return send(written(), lambda session, user_id, strong: post_id)
    with private().storage.session() as session:
        post = _own(session, post_id)
        sheet = written(post=post, thread=reading.thread_of(session, post))

    def keep(session: Session, user_id: int, strong: bool) -> int:
        found = _own(session, post_id)
        return posting.edit(session, forum(), user_id, found, sheet.text, sheet.title, strong=strong).post_id

    return send(sheet, keep)


@blueprint.errorhandler(CSRFError)
def _too_old(_error: CSRFError) -> Response:
    """A form that is older than the session it was made for: shown again, with what was written in it."""
    if "text" not in request.form:
        stale = BadRequest(_("这一页放得太久，已经失效。请退回上一页，刷新后再试。"))
        return current_app.make_response(current_app.handle_http_exception(stale))
    sheet = written()
    sheet.error = _("这一页放得太久，请再提交一次。您写的内容还在下面。")
    return form(sheet, 400)


def _thread(session: Session, thread_id: int) -> Thread:
    """A thread that can be replied in."""
    found = reading.thread(session, thread_id)
    return found if found is not None and found.state == SHOWN else abort(404)


def _own(session: Session, post_id: int) -> Post:
    """One's own post that can be written anew; nobody learns of the posts of others that wait."""
    found = reading.by_id(session, Post, post_id)
    return found if found is not None and own.is_own(found, who().user_id) and posting.has_text(found) else abort(404)
