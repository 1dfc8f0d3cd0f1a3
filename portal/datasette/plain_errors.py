"""JSON that says what went wrong, in one form: ok, status, error, hint, with Chinese as it is written."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.datasette.words import in_words

FAILED = b'{"ok": false'
WHAT = "查询没有成功。"


class PlainErrors:
    """ASGI: rewrites Datasette's own error objects, sent with empty rows, in escapes, sometimes as a success."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a body that says that something failed is looked at once it is whole."""
        start: Message | None = None

        async def sending(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_json(message):
                start = message
                return
            first, start = start, None
            if first is not None:
                message = _plain(first, message)
                await send(first)
            await send(message)

        await self._app(scope, receive, sending)


def _is_json(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("application/json")


def _plain(start: Message, message: Message) -> Message:
    """The body in the one form where it tells of a failure, with a status and headers that fit."""
    body: bytes = message.get("body", b"")
    if not body or (start["status"] < 400 and not body.startswith(FAILED)):
        return message
    said: dict[str, Any] = json.loads(body)
    start["status"] = max(start["status"], 400)
    told = {"ok": False, "status": start["status"], **_words(said)}
    body = json.dumps(told, ensure_ascii=False).encode("utf-8")
    headers = MutableHeaders(scope=start)
    headers["Cache-Control"] = "no-store"
    if "content-length" in headers:
        headers["Content-Length"] = str(len(body))
    return {**message, "body": body}


def _words(said: dict[str, Any]) -> dict[str, str]:
    if "hint" in said:
        return {"error": said["error"], "hint": said["hint"]}
    return {"error": WHAT, "hint": in_words(str(said.get("error") or ""))}
