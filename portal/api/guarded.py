"""SQL that anyone wrote, sent through Datasette: one guard, one set of limits and words, those of /data/."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message

from portal.api.answers import ApiError


@dataclass(frozen=True)
class Result:
    """The rows of a statement; `truncated` where there are more than may be sent."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    truncated: bool


async def run(app: ASGIApp, collection: str, statement: str, client: tuple[str, int]) -> Result:
    """The result of a statement over a collection; ApiError says in words why there is none."""
    status, body = await _asked(app, f"/data/{collection}.json", {"sql": statement, "_shape": "objects"}, client)
    try:
        said = json.loads(body)
    except ValueError:
        said = {}
    if status != 200:
        error, hint = said.get("error", "查询没有成功。"), said.get("hint", "请核对语句后再试。")
        raise ApiError(status if status in (400, 404, 429, 503) else 400, str(error), str(hint))
    return Result(tuple(said["columns"]), said["rows"], bool(said.get("truncated")))


async def _asked(app: ASGIApp, path: str, query: dict[str, str], client: tuple[str, int]) -> tuple[int, bytes]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode("ascii"),
        "query_string": urlencode(query).encode("ascii"),
        "headers": [(b"host", b"localhost"), (b"accept", b"application/json")],
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "client": client,
        "server": ("localhost", 80),
    }
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:])
