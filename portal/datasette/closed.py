"""`/-/…`: what runs here, with which plugins, from which files, is no one's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from portal.datasette.hooks import hook
from portal.gate.plain import plain


@hook()
def asgi_wrapper(datasette: Any) -> Callable[[ASGIApp], ASGIApp]:
    """Close the instance's pages."""

    def closing(app: ASGIApp) -> ASGIApp:
        async def closed(scope: Scope, receive: Receive, send: Send) -> None:
            answer = plain(scope, 404) if scope.get("path", "").startswith("/-") else app
            await answer(scope, receive, send)

        return closed

    return closing
