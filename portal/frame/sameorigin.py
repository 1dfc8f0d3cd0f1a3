"""Forms are taken from our own pages only: browsers say where a form stood, and programs have no session to misuse."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, request
from flask_babel import gettext as _


def check() -> None:
    """Refuse what another site's page has sent."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = site is not None and site not in ("same-origin", "none")
    if foreign or (origin is not None and _host(origin) != request.host):
        abort(403, _("这个表单不是从本站提交的。"))


def _host(origin: str) -> str:
    """The host and port of an origin; none where it is no address.

    >>> _host("https://a.cn:8443"), _host("null"), _host("http://[a")
    ('a.cn:8443', '', '')
    """
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
