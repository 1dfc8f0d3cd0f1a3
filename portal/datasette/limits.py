"""How much may be asked at once: few free queries, fewer from one address, answers of bounded size; only GET."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.datasette.hooks import hook
from portal.datasette.reply import Reply, reply
from portal.gate.plain import plain

AT_ONCE, PER_ADDRESS, PATIENCE = 2, 4, 2.0
"""Free queries at once in all, waiting or running for one address, and seconds for which one may wait."""
LARGEST_REPLY = 10_000_000
MOST_FACETS = 6
FREE = frozenset({"sql", "_where", "_searchmode", "_fts_table", "_fts_pk", "_through"})
BARE = frozenset({("_shape", "array"), ("_shape", "arrayfirst"), ("_shape", "object")})
WHOLE_NUMBERS = frozenset({"_timelimit", "_ttl"})
FILES = (b"application/octet-stream", b"text/csv", b"text/plain")


@hook(last=True)
def asgi_wrapper(datasette: Any) -> Callable[[ASGIApp], ASGIApp]:
    """Put the limits around Datasette."""
    return Limits


class Limits:
    """ASGI: the innermost of our layers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._free = asyncio.Semaphore(AT_ONCE)
        self._addresses: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if (refusal := _refusal(scope, given)) is not None:
            await refusal(scope, receive, send)
            return
        bare = scope["path"].endswith(".csv") or any(pair in BARE for pair in given)
        about = Reply(free=any(name in FREE for name, _ in given), bare=bare)
        reply.set(about)
        answer = self._fairly if about.free else self._app
        await answer(scope, receive, _Capped(scope, receive, send, about).send)

    async def _fairly(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = (scope.get("client") or ("",))[0]
        if self._addresses[address] >= PER_ADDRESS:
            await plain(scope, 429, headers={"Retry-After": "2"})(scope, receive, send)
            return
        self._addresses[address] += 1
        try:
            await asyncio.wait_for(self._free.acquire(), PATIENCE)
        except TimeoutError:
            await plain(scope, 503, headers={"Retry-After": "5"})(scope, receive, send)
        else:
            try:
                await self._app(scope, receive, send)
            finally:
                self._free.release()
        finally:
            self._addresses -= Counter({address: 1})


class _Capped:
    """Holds the beginning of an answer back until its size is known; files and streams are bounded elsewhere."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, about: Reply) -> None:
        self._scope, self._receive, self._send, self._about = scope, receive, send, about
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        start, self._start = self._start, None
        if start is None:
            await self._send(message)
        elif len(message.get("body", b"")) > LARGEST_REPLY and not _is_file(start):
            advice = "结果超过 10 MB：请少取几列、几行，或下载数据库后查询。"
            await plain(self._scope, 400, advice)(self._scope, self._receive, self._send)
        else:
            if self._about.truncated:
                start["headers"] = [*start["headers"], (b"x-truncated", b"rows")]
            await self._send(start)
            await self._send(message)


def _is_file(start: Message) -> bool:
    return any(k.lower() == b"content-type" and v.startswith(FILES) for k, v in start["headers"])


def _refusal(scope: Scope, given: list[tuple[str, str]]) -> Any:
    if scope["method"] not in ("GET", "HEAD"):
        return plain(scope, 405, headers={"Allow": "GET, HEAD"})
    if any(
        name in WHOLE_NUMBERS and not (value.isascii() and value.isdigit() and len(value) < 7) for name, value in given
    ):
        return plain(scope, 400, "时限应当是不小于 0 的整数。")
    if sum(name.startswith("_facet") for name, _ in given) > MOST_FACETS:
        return plain(scope, 400, f"一次最多按 {MOST_FACETS} 列归类。")
    return plain(scope, 400, "没有这个参数。") if any(name == "_trace" for name, _ in given) else None
