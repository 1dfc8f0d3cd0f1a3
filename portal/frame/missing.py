"""Rows that are not there: withdrawn ones say why and where they were last, past ones which versions have them."""

from __future__ import annotations

from typing import NoReturn

from flask import abort, render_template
from werkzeug.exceptions import HTTPException

from portal.frame.door import published
from portal.published.as_of import Absent, missing


class AbsentError(HTTPException):
    """A row that is not there, with what is known of it."""

    def __init__(self, absent: Absent, address: str, key: str) -> None:
        super().__init__()
        self.code = 410 if absent.kind == "gone" else 404
        self.absent, self.address, self.key = absent, address, key


def refuse(address: str, key: str, absent: Absent | None = None) -> NoReturn:
    """Answer that the row is not there, and why."""
    absent = absent or missing(published(), address, key)
    if absent.kind == "row":
        abort(404)
    raise AbsentError(absent, address, key)


def page(error: AbsentError) -> tuple[str, int, dict[str, str]]:
    """The page that says so; a withdrawn row's last version is named in the header too."""
    facts = {"absent": error.absent, "address": error.address, "key": error.key, "code": error.code}
    gone = error.absent.withdrawal
    last = f"</{error.address}/{error.key}@{gone.last_version}>" if gone else ""
    history = f"</{error.address}/{error.key}/history>"
    link = {"Link": f'{last}; rel="latest-version", {history}; rel="version-history"'} if gone else {}
    return render_template("absent.html", **facts), error.code or 404, link
