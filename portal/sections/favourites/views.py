"""Pages and forms of favourites."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from portal import limits
from portal.access import MEMBER, my_id, needs, open_to_all
from portal.access.current import known
from portal.api import tabular
from portal.favourites import keeping, personal
from portal.favourites.pages import page_at
from portal.frame import addresses
from portal.frame.door import private, published

blueprint = Blueprint("favourites", __name__, url_prefix="/account", template_folder="templates")


@blueprint.get("/favourites")
@open_to_all
def index() -> str:
    """What a member keeps; guests see what their browser keeps."""
    who = _member()
    if who is None:
        return render_template("favourites/guest.html")
    with private().storage.session() as session:
        kept = keeping.shown(published(), keeping.kept(session, who))
    return render_template("favourites/index.html", kept=kept)


@blueprint.post("/favourites")
@needs(MEMBER)
def add() -> Answer:
    """Keep a page, and go back to it."""
    page = page_at(published(), request.form.get("path", ""))
    if page is None:
        abort(404, _("没有这个网页，或者它不能收藏。"))
    limits.check("favourite", str(my_id()))
    try:
        with private().storage.session() as session:
            keeping.keep(session, my_id(), page)
    except keeping.TooManyError:
        abort(409, _("最多收藏 %(most)s 个网页。请先移除一些，再收藏新的。", most=keeping.MOST))
    return redirect(addresses.page(page.path), 303)


@blueprint.post("/favourites/remove")
@needs(MEMBER)
def remove() -> Answer:
    """Keep a page no longer, and go back to where the form stood."""
    path = request.form.get("path", "")
    with private().storage.session() as session:
        keeping.drop(session, my_id(), path)
    there = "list" not in request.form and page_at(published(), path)
    return redirect(addresses.page(there.path) if there else url_for("favourites.index"), 303)


@blueprint.post("/favourites/take")
@needs(MEMBER)
def take() -> Answer:
    """Take over what the browser kept before its owner logged in."""
    limits.check("favourite", str(my_id()))
    try:
        with private().storage.session() as session:
            taken = keeping.take_over(session, published(), my_id(), request.form.get("items", ""))
    except keeping.TooManyError:
        abort(409, _("最多收藏 %(most)s 个网页。请先移除一些，再收藏新的。", most=keeping.MOST))
    flash(_("这个浏览器里的 %(count)s 项收藏已并入账号。", count=taken))
    return redirect(url_for("favourites.index"), 303)


@blueprint.get("/favourites.<any(json, csv):form>")
@needs(MEMBER)
def export(form: str) -> Response:
    """What a member keeps, as a file."""
    with private().storage.session() as session:
        rows: list[dict[str, Any]] = personal.export(session, my_id())
    if form == "csv":
        body = b"".join(tabular.lines(personal.COLUMNS, [rows], spreadsheet=True))
        return _file(body, "favourites.csv", "text/csv; charset=utf-8")
    return _file(json.dumps(rows, ensure_ascii=False, indent=1).encode(), "favourites.json", "application/json")


@blueprint.app_template_global("is_favourite")
def is_favourite(path: str) -> bool | None:
    """Whether who asks keeps a page; None for guests, whose browsers know."""
    who = _member()
    if who is None:
        return None
    with private().storage.session() as session:
        return keeping.is_kept(session, who, path)


def _member() -> int | None:
    """The account that asks. Without a cookie there is none, and no session is looked at: pages can be cached."""
    who = known()
    return who.id if who else None


def _file(body: bytes, name: str, kind: str) -> Response:
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
