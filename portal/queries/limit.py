"""How many queries one address may add; shared by all processes where REDIS_URL names a server."""

from __future__ import annotations

import os

from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

PER_ADDRESS = "30/hour"


class Allowance:
    """Counts per address."""

    def __init__(self, allowed: str = PER_ADDRESS) -> None:
        self._allowed = parse(allowed)
        self._limiter = FixedWindowRateLimiter(storage_from_string(os.environ.get("REDIS_URL") or "memory://"))

    def take(self, address: str) -> bool:
        """Count one; whether it may be."""
        return self._limiter.hit(self._allowed, "queries", address)
