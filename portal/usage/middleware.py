"""ASGI: sees every request with the status of its answer, and counts those that are use."""

from __future__ import annotations

import logging

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.published import Published
from portal.usage.asked import Use, fetched, viewed
from portal.usage.counter import Counter
from portal.usage.day import today
from portal.usage.robots import is_program, is_robot

FOUND, PART, UNCHANGED = 200, 206, 304
log = logging.getLogger("portal.usage")


class Counting:
    """Counts what the app inside answers well."""

    def __init__(self, app: ASGIApp, published: Published, counter: Counter) -> None:
        self._app, self._published, self._counter = app, published, counter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and count."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "POST"):
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.start":
                self._count(scope, message)

        await self._app(scope, receive, sending)

    def _count(self, scope: Scope, start: Message) -> None:
        try:
            use = used(self._published, scope, start)
        except Exception:
            # A figure is not worth an answer.
            log.exception("could not count %r", scope["path"])
            return
        if use:
            self._counter.count(today(), use.uses, use.page)


def used(published: Published, scope: Scope, start: Message) -> Use | None:
    """What a request and the beginning of its answer count as, None for nothing."""
    asked, status = Headers(scope=scope), start["status"]
    agent = asked.get("user-agent", "")
    if status not in (FOUND, PART, UNCHANGED) or is_robot(agent) or _is_ahead_of_time(asked):
        return None
    path, query = scope["path"], scope["query_string"]
    kind = Headers(raw=start["headers"]).get("content-type", "")
    if kind.startswith("text/html") or (status == UNCHANGED and "text/html" in asked.get("accept", "")):
        opened = scope["method"] == "GET" and _is_opened(asked) and not is_program(agent)
        return viewed(published, path, query) if opened else None
    if status == UNCHANGED or (status == PART and not asked.get("range", "").startswith("bytes=0-")):
        return None
    return fetched(published, path, query) if scope["method"] == "GET" or path.startswith(("/api/", "/mcp")) else None


def _is_ahead_of_time(asked: Headers) -> bool:
    """Whether a browser fetches what may be wanted later."""
    purposes = (asked.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    return any("prefetch" in p or "prerender" in p or "preview" in p for p in purposes)


def _is_opened(asked: Headers) -> bool:
    """Whether somebody opened a page: browsers ask for HTML then, and say that it is for a window."""
    return "text/html" in asked.get("accept", "") and asked.get("sec-fetch-dest", "document") == "document"
