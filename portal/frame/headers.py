"""Headers of every page: nothing from elsewhere, nothing inline, no framing; a mark by which copies are kept."""

from __future__ import annotations

import hashlib
import re

from flask import Flask, Response, g, request, session

from portal.access.current import known

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self' mailto:; frame-ancestors 'none'; "
    "object-src 'none'; script-src 'self'; style-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FRESH = "no-cache"
"""A copy may be kept, and is asked about before it is shown: a new release is seen at once."""
OWN = "private, no-store"
"""What is shown to one person, or bears the token of a form, is kept nowhere."""
KEPT = "public, max-age=31536000, immutable"
TOKEN = "csrf_token"  # noqa: S105 - a name
"""Where Flask-WTF keeps the token that it has given to a form of the page."""
_FIGURES = re.compile(rb'<data class="figure"[^>]*>[^<]*</data>')


def install(app: Flask) -> None:
    """Set the headers on every answer."""
    app.after_request(_guarded)


def _guarded(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = KEPT if "v" in request.args else FRESH
        return response
    # A page names who is logged in: what is kept for one is not for another.
    response.vary.add("Cookie")
    if _is_own():
        response.headers["Cache-Control"] = OWN
        return response
    response.headers.setdefault("Cache-Control", FRESH)
    _tag(response)
    response.make_conditional(request)
    return response


def _is_own() -> bool:
    return session.modified or TOKEN in g or known() is not None


def _tag(response: Response) -> None:
    """Mark a page by what it says, without how often it was viewed: else no copy would stay good for a second look.

    The day of the figures stands beside them on each page, so a copy's are never of another day.
    """
    if response.is_streamed or response.direct_passthrough or response.get_etag()[0]:
        return
    said = _FIGURES.sub(b"", response.get_data())
    response.set_etag(hashlib.sha256(said).hexdigest()[:32], weak=True)
