"""Forms are taken from our own pages only: by where the browser says they stood, and by a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
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
    if not getattr(current_app.view_functions[request.endpoint], "tokenless", False):
        protect.protect()
