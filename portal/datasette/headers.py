"""Headers of /data/: open to the scripts of other sites, short-lived in caches, without cookies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.datasette.hooks import hook

CACHE = "public, max-age=10"


@hook()
def asgi_wrapper(datasette: Any) -> Callable[[ASGIApp], ASGIApp]:
    """Set the headers on every answer."""
    return Headers


class Headers:
    """ASGI: sets headers on the way out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers set; cookies neither come in nor go out."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Datasette writes names as it likes; ASGI wants them in lower case, or the same one is sent twice.
                message["headers"] = [(k.lower(), v) for k, v in message["headers"]]
                _set(MutableHeaders(scope=message), message["status"])
            await send(message)

        if scope["type"] == "http":
            scope = {
                **scope,
                "headers": [(k, v) for k, v in scope["headers"] if k not in (b"cookie", b"authorization")],
            }
        await self._app(scope, receive, sending)


def _set(headers: MutableHeaders, status: int) -> None:
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Cache-Control"] = CACHE if status == 200 else "no-store"
    del headers["set-cookie"]
    del headers["vary"]
    del headers["referrer-policy"]
