"""`/favicon.ico`, which browsers ask for whatever a page says: the site's mark."""

from __future__ import annotations

from flask import Flask, Response, send_from_directory

from portal.frame.addresses import STATIC


def install(app: Flask) -> None:
    """Answer with the mark."""
    app.add_url_rule("/favicon.ico", "mark", _mark)


def _mark() -> Response:
    return send_from_directory(STATIC, "mark.svg", mimetype="image/svg+xml", max_age=86_400)
