"""Headers of every page: nothing from elsewhere, nothing inline, no framing."""

from __future__ import annotations

from flask import Flask, Response, request

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
KEPT = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    """Set the headers on every answer."""
    app.after_request(_guarded)


def _guarded(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = KEPT if "v" in request.args else FRESH
        return response
    response.headers.setdefault("Cache-Control", FRESH)
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
