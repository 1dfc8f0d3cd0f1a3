"""Answers that belong to one person alone."""

from __future__ import annotations

from flask import make_response
from werkzeug.wrappers import Response


def private_page(page: str, status: int = 200) -> Response:
    """A page that nobody keeps a copy of."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
