"""The form in which members write: what it sent, what becomes of it, and how it comes back."""

from __future__ import annotations

from collections.abc import Callable

from flask import make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.forum import RefusedError, subjects
from portal.forum.cleaning import without_controls
from portal.frame.addresses import page
from portal.frame.door import private
from portal.sections.forum import service
from portal.sections.forum.door import forum, who
from portal.sections.forum.service import Sheet
from portal.storage.forum import Post, Thread

Keep = Callable[[Session, int, bool], int]
"""Keeps what a member wrote, who showed a second factor or not; the number of the post."""


def written(thread: Thread | None = None, post: Post | None = None) -> Sheet:
    """What the form sent says."""
    told = request.form
    text, title = told.get("text", ""), told.get("title")
    sheet = Sheet(text, title, told.get("board", ""), told.get("about", ""), thread=thread, post=post)
    sheet.wants_preview = "preview" in told
    return sheet


def send(sheet: Sheet, keep: Keep) -> Response:
    """Keep what was written and go to its place, or show the form again."""
    member = who().user_id
    if member is None:
        sheet.wants_log_in = True
        return form(sheet, 403)
    if sheet.wants_preview:
        return form(sheet)
    try:
        with private().storage.session() as session:
            kept = keep(session, member, who().strong)
    except RefusedError as error:
        sheet.error = error.sentence
        return form(sheet, 429 if error.is_hurried else 422)
    return redirect(url_for("forum.post", post_id=kept), 303)


def form(sheet: Sheet, status: int = 200) -> Response:
    """The form with what stands in it, and how it would look where that is wanted."""
    drawn = None
    if sheet.wants_preview:
        try:
            drawn = service.preview(forum(), sheet, page)
        except RefusedError as error:
            sheet.error, status = error.sentence, 422
    sheet.text, sheet.title = without_controls(sheet.text), sheet.title and without_controls(sheet.title)
    about = subjects.subject(forum(), sheet.about) if sheet.about else None
    board = forum().board_of(sheet.thread.board) if sheet.thread else None
    facts = {"sheet": sheet, "drawn": drawn, "subject": about, "boards": forum().boards, "board": board}
    return make_response(render_template("forum/write.html", **facts, action=request.path), status)
