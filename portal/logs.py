"""What the portal logs: one line an event, whatever was sent in; and no secret in it."""

from __future__ import annotations

import logging
import re
import sys
import traceback

HIDDEN = "***"
_SECRETS = (
    # A link that lets somebody in: /account/reset/<token>, /account/confirm/<token>, …
    re.compile(
        r"(?<=/)(?P<kept>(?:reset|confirm|confirm-mail|unsubscribe|track|token|verify|login|invite)/)[^/\s?#\"']+", re.I
    ),
    # A field of a query, a form, a header or a record.
    re.compile(
        r"(?P<kept>\b[\w-]*(?:token|password|passwd|secret|api_?key|tracking_?code|authorization|cookie|session|otp)"
        r"[\w-]*[\"']?\s*[=:]\s*[\"']?(?:Bearer\s+|Basic\s+)?)[^\s&\"',;)}\]]+",
        re.I,
    ),
    re.compile(r"(?P<kept>[?&](?:code|key|sig|t)=)[^\s&\"']+", re.I),
    # The password of an address.
    re.compile(r"(?P<kept>\b[a-z][a-z0-9+.-]*://)[^/\s@\"']*:[^/\s\"']*@", re.I),
    # What is signed by us: three parts, or two with a stamp, of which none is a word.
    re.compile(r"(?P<kept>)(?<![\w/.-])[\w-]{8,}\.[\w-]{6}\.[\w-]{27,}"),
    re.compile(r"(?P<kept>)\$argon2\S+"),
)


def set_up(every_request: bool) -> None:
    """Send all that is logged in this process to stderr, through one formatter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO if every_request else logging.WARNING)
    logging.captureWarnings(True)


class Formatter(logging.Formatter):
    """One line for each record; what failed is told with its place, without the values that stood there."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            told += f" | {_told(record.exc_info[1])}"
        return safe(f"{record.levelname} {record.name} {told}" if record.levelno > logging.INFO else told)


def safe(text: str) -> str:
    r"""A text that is one line, and hides what lets somebody in.

    >>> safe("GET /account/reset/WzEs.aBc 200\nGET /forged")
    'GET /account/reset/*** 200\\x0aGET /forged'
    >>> safe("postgresql://portal:geheim@db/x?token=abc&page=2")
    'postgresql://***db/x?token=***&page=2'
    """
    for pattern in _SECRETS:
        text = pattern.sub(rf"\g<kept>{HIDDEN}", text)
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _told(error: BaseException) -> str:
    """What was raised, and the last places of ours that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in reversed(frames[-6:]))
    return f"{type(error).__name__}: {error} | {places}"
