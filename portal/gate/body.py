"""Bodies are read to the end before anyone works on them: of bounded size, in bounded time."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Scope

LARGEST = 1_000_000
SECONDS = 10.0


class BodyRefusedError(Exception):
    """A body that is too large or came too slowly; `status` says which."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def whole(scope: Scope, receive: Receive) -> Receive:
    """The body as one message, so that a slow sender holds no worker; BodyRefusedError beyond the limits."""
    headers = dict(scope["headers"])
    if not {b"content-length", b"transfer-encoding"} & headers.keys() and scope["method"] in ("GET", "HEAD"):
        return receive
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > LARGEST:
        raise BodyRefusedError(413)
    try:
        body = await asyncio.wait_for(_read(receive), SECONDS)
    except TimeoutError as error:
        raise BodyRefusedError(408) from error
    return _replay(body, receive)


async def _read(receive: Receive) -> bytes:
    read = bytearray()
    while True:
        message = await receive()
        read += message.get("body", b"")
        if len(read) > LARGEST:
            raise BodyRefusedError(413)
        if not message.get("more_body"):
            return bytes(read)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
