"""Where to go after a form: only to a page of this site, given by its path."""

from __future__ import annotations

import re

from flask import Flask, abort, request
from flask_babel import gettext as _

_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")
_ENCODED = re.compile(r"%(0|1|5c|2f%2f|7f)|/%2f", re.IGNORECASE)


def is_own(target: str) -> bool:
    """Whether a target is a path of this site, and can be taken for nothing else by any browser.

    >>> [is_own(t) for t in ("/forum/?page=2", "/en/search?q=%E7%A0%94", "//evil.example", "/%5cevil.example")]
    [True, True, False, False]
    """
    return bool(_PATH.fullmatch(target)) and not _ENCODED.search(target.partition("?")[0])


def install(app: Flask) -> None:
    """Refuse every form of accounts that would lead elsewhere afterwards."""
    app.before_request(_check)


def _check() -> None:
    if request.blueprint not in ("security", "account"):
        return
    here = request.host_url.rstrip("/")
    for target in (*request.args.getlist("next"), *request.form.getlist("next")):
        # Flask-Security names pages in full when it hands on where to go.
        if target and not is_own(target.removeprefix(here)):
            abort(400, _("要返回的网址不在本站。请从本站的链接进入。"))
