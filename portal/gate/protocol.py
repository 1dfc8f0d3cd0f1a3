"""HTTP as people send it: addresses with bare 汉字 are understood, senders of half a request are not waited for."""

from __future__ import annotations

import asyncio
import re

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 20.0
"""Seconds in which the first request must have come."""
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_UNREADABLE = "请求无法读懂：请检查网址和请求头，其中不能有空格或换行。\n"


class Protocol(H11Protocol):
    """uvicorn's HTTP/1.1 with the edges taken off."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self.loop.call_later(PATIENCE, self._give_up)

    def data_received(self, data: bytes) -> None:
        """Take in what was sent; `curl …?q=研发` sends the address without escapes."""
        super().data_received(escaped(data) if self.conn.their_state is h11.IDLE else data)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, in words."""
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        events = (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=_UNREADABLE.encode("utf-8")),
            h11.EndOfMessage(),
        )
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _give_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


def escaped(data: bytes) -> bytes:
    """The data with what is not ASCII in its first line escaped.

    >>> escaped("GET /search?q=研 HTTP/1.1\\r\\nHost: x\\r\\n".encode())
    b'GET /search?q=%E7%A0%94 HTTP/1.1\\r\\nHost: x\\r\\n'
    """
    line, end, rest = data.partition(b"\r\n")
    return _BEYOND_ASCII.sub(lambda m: b"%%%02X" % m[0][0], line) + end + rest
