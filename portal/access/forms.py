"""Forms are taken from our own pages only: by where the browser says they stood, and by a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask_babel import gettext as _
from flask_wtf import CSRFProtect

from portal.access.guard import READING
from portal.frame import sameorigin

View = TypeVar("View", bound=Callable[..., Any])


def install(app: Flask) -> None:
    """Check every request that could change something."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    protect = CSRFProtect(app)
    app.before_request(lambda: _check(protect))


def without_token(view: View) -> View:
    """The form of a view stands on pages that know no session, and the view looks at none."""
    view.tokenless = True  # type: ignore[attr-defined]
    return view


def _check(protect: CSRFProtect) -> None:
    if request.method in READING or request.endpoint is None:
        return
    sameorigin.check()
    _check_signs()
    if not getattr(current_app.view_functions[request.endpoint], "tokenless", False):
        protect.protect()


def _check_signs() -> None:
    """No text has a null character, and not every database would keep one."""
    if any("\0" in name or "\0" in value for name, value in request.form.items(multi=True)):
        abort(400, _("表单里有不能用的字符（空字符）。请删去后再提交。"))
