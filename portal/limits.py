"""How often something may be done from one address or account; counted together where REDIS_URL names a server."""

from __future__ import annotations

import os

from flask import Flask, abort, current_app, request
from flask_babel import gettext as _
from limits import parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

ALLOWED = {
    "cite": "30/hour",
}
"""What is counted, and how often it may be done by one key; `;` stands between limits that all hold."""


class Limits:
    """Counts by name and key."""

    def __init__(self, allowed: dict[str, str] = ALLOWED) -> None:
        self._allowed = {name: parse_many(text) for name, text in allowed.items()}
        self._limiter = MovingWindowRateLimiter(storage_from_string(os.environ.get("REDIS_URL") or "memory://"))

    def take(self, name: str, key: str) -> bool:
        """Count one; whether it may be."""
        return all(self._limiter.hit(limit, name, key) for limit in self._allowed[name])


def install(app: Flask, limits: Limits | None = None) -> None:
    """Give the app its limits."""
    app.extensions["limits"] = limits or Limits()


def check(name: str, key: str | None = None) -> None:
    """Count what this request does, by its address where no key is given; 429 beyond the limit."""
    limits: Limits = current_app.extensions["limits"]
    if not limits.take(name, key if key is not None else request.remote_addr or ""):
        abort(429, _("做得太频繁了，请过一会儿再试。"))
