"""What the database can't keep or tell now: a page that says so, with what was written, to be sent again."""

from __future__ import annotations

import logging
import re

from flask import Flask, render_template, request
from flask_babel import lazy_gettext as _
from sqlalchemy.exc import SQLAlchemyError

from portal.access.current import known
from portal.storage.failing import FAILURES

FULL, AWAY = 507, 503
AGAIN_AFTER = {"Retry-After": "60", "Cache-Control": "no-store"}
WRITING = ("POST", "PUT", "DELETE", "PATCH")
LONG = 60
"""From how many characters on a field is shown as text; one in Chinese always is."""
_FULL = re.compile(r"full|No space|I/O error|DiskFull|readonly|quota", re.IGNORECASE)
_SECRET = re.compile(r"passw|token|code|secret", re.IGNORECASE)
WHAT = {
    FULL: _("没有存下来：服务器现在写不了数据"),
    AWAY: _("没有办成：数据库现在不能用"),
}
log = logging.getLogger("portal.storage")


def install(app: Flask) -> None:
    """Answer what fails in the database with the page."""
    for failure in FAILURES:
        app.register_error_handler(failure, page)


def page(error: SQLAlchemyError) -> tuple[str, int, dict[str, str]]:
    """The page."""
    code = FULL if _FULL.search(str(getattr(error, "orig", error))) else AWAY
    log.error("the database failed: %s", str(getattr(error, "orig", None) or type(error).__name__))
    facts = {"code": code, "what": WHAT[code], "written": written()}
    # Who asks may be the very thing that can't be looked up.
    known()
    return render_template("unkept.html", **facts), code, AGAIN_AFTER


def written() -> list[tuple[str, str, bool]]:
    """The fields of the form that was sent, and which are texts; none where one is nobody's to read."""
    if request.method not in WRITING:
        return []
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    if any(_SECRET.search(name) for name, _value in fields):
        return []
    return [(name, value, len(value) > LONG or "\n" in value or not value.isascii()) for name, value in fields]
