"""A mail server for tests: takes messages over SMTP, with TLS or without, refuses them, or dies half-way."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Sink:
    """What a server is told to do, and what it has heard."""

    tls: ssl.SSLContext | None = None
    tls_from_start: bool = False
    offers_starttls: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    """The answer to a verb, where it is another one than usual; `die` ends the connection."""
    port: int = 0
    heard: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    @property
    def messages(self) -> list[EmailMessage]:
        """The letters that came in."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]  # type: ignore[arg-type]


@contextmanager
def listening(sink: Sink) -> Iterator[Sink]:
    """The server, on a free loopback port."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.sink, sink.port = sink, int(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()


class _Server(socketserver.ThreadingTCPServer):
    sink: Sink
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no matter."""


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        sink = self.server.sink
        if sink.tls and sink.tls_from_start:
            self._secure(sink.tls)
        self._say("220 sink ESMTP")
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words.split(" ")[0].upper()
            sink.heard.append(words)
            answer = sink.answers.get(verb)
            if answer == "die":
                return
            if not self._answered(verb, words, answer):
                return

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _answered(self, verb: str, words: str, answer: str | None) -> bool:
        sink = self.server.sink
        if verb == "EHLO":
            offers = ["250-sink", *(["250-STARTTLS"] if sink.offers_starttls else []), "250-AUTH PLAIN", "250 8BITMIME"]
            self._say("\r\n".join(offers))
        elif verb == "STARTTLS" and not answer and sink.tls:
            self._say("220 go ahead")
            self._secure(sink.tls)
        elif verb == "DATA" and not answer:
            self._say("354 go ahead")
            return self._read()
        elif verb == "AUTH" and not answer:
            sink.heard.append(base64.b64decode(words.split(" ")[2]).decode())
            self._say("235 welcome")
        else:
            if verb == "RCPT" and not answer:
                sink.recipients.append(words)
            self._say(answer or ("221 bye" if verb == "QUIT" else "250 ok"))
        return verb != "QUIT"

    def _read(self) -> bool:
        lines = list(iter(self.rfile.readline, b".\r\n"))
        after = self.server.sink.answers.get("AFTER-DATA")
        if after == "die":
            return False
        if not after:
            self.server.sink.raw.append(b"".join(x[1:] if x.startswith(b"..") else x for x in lines))
        self._say(after or "250 taken")
        return True

    def _secure(self, context: ssl.SSLContext) -> None:
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", 0)

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")
