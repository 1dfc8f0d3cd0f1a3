"""How the API answers: compact UTF-8 JSON, cache headers, and errors in plain words."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

CACHE = "public, max-age=10"
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition"}
JSON = "application/json; charset=utf-8"


class ApiError(Exception):
    """A request that can't be answered: `error` and `hint` in plain words, `facts` for programs."""

    def __init__(self, status: int, error: str, hint: str, **facts: str | None) -> None:
        super().__init__(error)
        self.status, self.error, self.hint, self.facts = status, error, hint, facts


def encoded(value: Any) -> bytes:
    """Compact JSON with Chinese as it is written.

    >>> encoded({"单位": None}).decode()
    '{"单位":null}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def answer(request: Request, body: bytes, media_type: str, headers: dict[str, str] | None = None) -> Response:
    """The body, or 304 where the asker already has it."""
    tag = etag(body)
    headers = {**CORS, "Cache-Control": CACHE, "ETag": tag, **(headers or {})}
    if known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def refusal(_: Request, error: Exception) -> Response:
    """An error as JSON, in plain words."""
    assert isinstance(error, ApiError)
    body = encoded({"error": error.error, "hint": error.hint, **error.facts})
    return Response(body, status_code=error.status, media_type=JSON, headers={**CORS, "Cache-Control": "no-store"})


def etag(*parts: bytes | str) -> str:
    """A weak tag: the answer may be compressed on its way."""
    digest = hashlib.sha256(b"\0".join(p if isinstance(p, bytes) else p.encode("utf-8") for p in parts))
    return f'W/"{digest.hexdigest()[:20]}"'


def known(request: Request, tag: str) -> bool:
    """Whether the asker says that it already has what the tag stands for."""
    sent = request.headers.get("if-none-match", "")
    return sent.strip() == "*" or tag in (t.strip() for t in sent.split(","))
