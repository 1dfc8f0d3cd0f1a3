"""Ways on which a message leaves: over SMTP, or into a file."""

from __future__ import annotations

import os
import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from portal.mail.settings import Server

TIMEOUT = 10.0
KEPT_DAYS = 30
Send = Callable[[EmailMessage], None]


class RefusedError(Exception):
    """A recipient that will never be reached; the message is the server's code."""


class Carrier(Protocol):
    """Something that takes messages while it is open."""

    def open(self) -> AbstractContextManager[Send]:
        """Begin to take messages; OSError or SMTPException where it can't."""


@dataclass(frozen=True)
class Smtp:
    """A mail server, whose certificate is checked, and which hears no password on an open line."""

    server: Server
    domain: str
    """Where the sender is, as which it names itself."""

    @contextmanager
    def open(self) -> Iterator[Send]:
        """One connection for as many messages as there are."""
        with self._connected() as connection:
            if self.server.user:
                connection.login(self.server.user, self.server.password or "")
            yield lambda message: _send(connection, message)

    def _connected(self) -> smtplib.SMTP:
        host, port = self.server.host, self.server.port
        if self.server.tls == "from_start":
            return smtplib.SMTP_SSL(host, port, self.domain, timeout=TIMEOUT, context=ssl.create_default_context())
        connection = smtplib.SMTP(host, port, self.domain, timeout=TIMEOUT)
        if self.server.tls == "upgraded":
            try:
                connection.starttls(context=ssl.create_default_context())
            except BaseException:
                connection.close()
                raise
        return connection


@dataclass(frozen=True)
class Outbox:
    """A folder for messages that no server takes: a file each, for its owner alone."""

    folder: Path

    @contextmanager
    def open(self) -> Iterator[Send]:
        """The folder, made where there is none."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._tidy()
        yield self._put

    def _put(self, message: EmailMessage) -> None:
        name = message["Message-ID"].strip("<>").partition("@")[0]
        written, final = self.folder / f".{name}.part", self.folder / f"{name}.eml"
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_readable(message))
            file.flush()
            os.fsync(file.fileno())
        written.replace(final)

    def _tidy(self) -> None:
        """Throw away what has lain here too long: it is as personal as a letter."""
        oldest = time.time() - KEPT_DAYS * 86_400
        for letter in self.folder.glob("*.eml"):
            if letter.stat().st_mtime < oldest:
                letter.unlink(missing_ok=True)


def _readable(message: EmailMessage) -> bytes:
    """The letter as people can read it in any editor: nothing but UTF-8 in it."""
    message.set_content(message.get_content(), charset="utf-8", cte="8bit")
    return message.as_bytes(policy=policy.SMTPUTF8)


def _send(connection: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        if code >= 500:
            raise RefusedError(str(code)) from None
        raise smtplib.SMTPResponseException(code, "recipient refused for now") from None
    except smtplib.SMTPNotSupportedError:
        raise RefusedError("SMTPUTF8") from None
