"""The gate: refuses what may not pass, sets the headers that every answer carries, and answers failures plainly."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.gate.body import BodyRefusedError, whole
from portal.gate.checks import raw_path, refused
from portal.gate.plain import plain

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STRICT = {"Strict-Transport-Security": "max-age=31536000"}
"""Under HTTPS: browsers ask for nothing else from then on."""
log = logging.getLogger("portal.requests")


class Gate:
    """ASGI: the outermost layer."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], secure: bool = False) -> None:
        self._app, self._hosts = app, frozenset(h.lower() for h in hosts)
        self._headers = {**HEADERS, **(STRICT if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or say why not."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        else:
            await self._answer(scope, receive, _Answer(scope, send, self._headers))

    async def _answer(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            status = refused(scope, self._hosts)
            if status is None:
                await self._app(scope, await whole(scope, receive), answer.send)
            else:
                await plain(scope, status)(scope, receive, answer.send)
        except BodyRefusedError as error:
            await plain(scope, error.status, headers={"Connection": "close"})(scope, receive, answer.send)
        except Exception as error:
            log.error("%s", answer.line(f"{type(error).__name__}: {error}"))
            if not answer.status:
                await plain(scope, 500)(scope, receive, answer.send)
        finally:
            log.info("%s", answer.line())


class _Answer:
    """Adds the headers of every answer on its way out, and remembers what to log."""

    def __init__(self, scope: Scope, send: Send, headers: dict[str, str]) -> None:
        self._scope, self._send, self._headers = scope, send, headers
        self._began = time.perf_counter()
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            # The server tells the time itself; layers that each name what they vary by say the same twice.
            del headers["date"]
            if "vary" in headers:
                headers["vary"] = ", ".join(dict.fromkeys(v.strip() for v in headers["vary"].split(",")))
        await self._send(message)

    def line(self, what: str = "") -> str:
        """One line for the log, whatever was sent: control characters can't begin another."""
        took = (time.perf_counter() - self._began) * 1000
        line = f"{self._scope['method']} {raw_path(self._scope).decode('latin-1')} {self.status} {took:.0f}ms {what}"
        return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line.rstrip())
