"""The guard before every view: lets in, asks to log in, or refuses."""

from __future__ import annotations

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.access.current import is_strong, known, person, roles
from portal.access.needs import EVERYONE, declared
from portal.access.roles import ADMIN, MEMBER

READING = ("GET", "HEAD", "OPTIONS")
ALWAYS_OPEN = ("static", "mark")


def install(app: Flask, open_sections: frozenset[str], given: dict[str, frozenset[str]]) -> None:
    """Guard every view. `given` says who may call the views that a library brings, by endpoint."""
    app.extensions["access"] = {"open": open_sections, "given": given}
    app.before_request(_guard)


def look_up_first(app: Flask) -> None:
    """Before anything else asks who reads: who can't be looked up now reads on as a guest."""
    app.before_request(_look_up)


def allowed(endpoint: str, method: str) -> frozenset[str]:
    """The roles that may call a view with a method; none where nobody may."""
    access = current_app.extensions["access"]
    stated = access["given"].get(endpoint) or declared(current_app.view_functions[endpoint])
    if stated is not None:
        return frozenset(stated)
    is_open = endpoint in ALWAYS_OPEN or endpoint.partition(".")[0] in access["open"]
    return frozenset({EVERYONE}) if is_open and method in READING else frozenset()


def _look_up() -> None:
    if request.method not in READING or request.endpoint in ALWAYS_OPEN:
        return
    if request.endpoint is None or EVERYONE in allowed(request.endpoint, request.method):
        known()


def _guard() -> Response | None:
    if request.endpoint is None:
        return None
    may = allowed(request.endpoint, request.method)
    if EVERYONE in may:
        return None
    if not may:
        abort(404)
    if person() is None:
        return _to_log_in()
    mine = roles() | {MEMBER}
    if not may & mine and ADMIN not in mine:
        abort(403, _("您的账号没有这项权限。需要的话请联系管理员。"))
    if MEMBER not in may and not is_strong():
        return redirect(url_for("account.second_factor"), 303)
    return None


def _to_log_in() -> Response:
    """To the log-in page and back; what was sent with another method has to be sent again."""
    back = request.full_path.rstrip("?") if request.method in READING else None
    return redirect(url_for("security.login", next=back), 303)
