"""How often something may be done from one address or account; counted together where REDIS_URL names a server."""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import math
import os
import time
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from flask_babel import gettext as _
from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

ALLOWED = {
    "account": "20/hour",
    "cite": "30/hour",
    "favourite": "600/hour",
    "letters": "10/hour",
    "letters to one": "3/hour;10/day",
    "login by account": "20/minute;100/hour;300/day",
    "login by address": "30/minute;300/hour",
    "login by both": "5/minute;20/hour;60/day",
    "login by device": "10/minute;60/hour",
    "new password": "20/hour",
    "passkey": "60/hour",
    "register": "10/hour;30/day",
    "request": "10/hour",
    "request-mail": "5/day",
    "second step": "5/minute;20/hour",
    "track": "30/hour",
}
"""What is counted, and how often it may be done by one key; `;` stands between limits that all hold."""
WAIT = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
AGAIN_AFTER = 10.0
"""Seconds after which a server that was gone is tried again."""
log = logging.getLogger("portal.limits")
T = TypeVar("T")


class LimitsError(Exception):
    """A server for counting that is named wrongly; the message is a sentence for people."""


class Limits:
    """Counts by name and key: together with other processes, or alone as long as the server is gone."""

    def __init__(self, allowed: dict[str, str] = ALLOWED, url: str | None = None) -> None:
        self._allowed = {name: parse_many(text) for name, text in allowed.items()}
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_server(url)) if url else None
        self._gone_until = 0.0

    def take(self, name: str, key: str) -> bool:
        """Count one; whether it may be."""
        return self._asked(_hit, name, key)

    def wait(self, name: str, key: str) -> int:
        """After how many seconds one more may be done."""
        return self._asked(_wait, name, key)

    def _asked(
        self, ask: Callable[[MovingWindowRateLimiter, list[RateLimitItem], str, str], T], name: str, key: str
    ) -> T:
        # The server need not know who it is.
        hidden, items = hashlib.sha256(key.encode()).hexdigest()[:32], self._allowed[name]
        if self._shared is not None and time.monotonic() >= self._gone_until:
            try:
                return ask(self._shared, items, name, hidden)
            except StorageError as error:
                self._gone_until = time.monotonic() + AGAIN_AFTER
                log.warning("limits are counted here alone, as their server is gone: %s", error)
        return ask(self._own, items, name, hidden)


def install(app: Flask, limits: Limits | None = None) -> None:
    """Give the app its limits; LimitsError where REDIS_URL is no address."""
    app.extensions["limits"] = limits or Limits(url=os.environ.get("REDIS_URL"))


def allowed(name: str, key: str | None = None) -> bool:
    """Count what this request does, by its address where no key is given; whether it may be."""
    limits: Limits = current_app.extensions["limits"]
    return limits.take(name, key if key is not None else address())


def check(name: str, key: str | None = None) -> None:
    """Count what this request does; 429 beyond the limit."""
    if not allowed(name, key):
        raise too_often(_("做得太频繁了，请过一会儿再试。"), name, key)


def too_often(words: str, name: str, key: str | None = None) -> TooManyRequests:
    """An answer that says so, and when to come back."""
    limits: Limits = current_app.extensions["limits"]
    return TooManyRequests(words, retry_after=limits.wait(name, key if key is not None else address()))


def address() -> str:
    """Where the request is from; who has one IPv6 address has a whole /64 of them.

    >>> _counted("2001:db8:1:2:3:4:5:6"), _counted("::ffff:192.0.2.1"), _counted("192.0.2.1")
    ('2001:db8:1:2::', '192.0.2.1', '192.0.2.1')
    """
    return _counted(request.remote_addr or "")


def _counted(remote: str) -> str:
    try:
        found = ipaddress.ip_address(remote)
    except ValueError:
        return remote
    if isinstance(found, ipaddress.IPv4Address):
        return remote
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found.packed[:8] + bytes(8), 64)).network_address)


def _hit(limiter: MovingWindowRateLimiter, items: list[RateLimitItem], name: str, key: str) -> bool:
    return all(limiter.hit(item, name, key) for item in items)


def _wait(limiter: MovingWindowRateLimiter, items: list[RateLimitItem], name: str, key: str) -> int:
    windows = [limiter.get_window_stats(item, name, key) for item in items]
    full = [window.reset_time - time.time() for window in windows if window.remaining <= 0]
    return max([1, *(math.ceil(seconds) for seconds in full)])


def _server(url: str) -> Storage:
    try:
        server = storage_from_string(url, wrap_exceptions=True, **WAIT)
    except (ConfigurationError, ValueError) as error:
        raise LimitsError("REDIS_URL 写得不对：例如 redis://127.0.0.1:6379/0；不写则各进程各自计数。") from error
    assert isinstance(server, Storage)
    return server
