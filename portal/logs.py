"""What the portal logs: one line an event, whatever was sent in; no secret in it, and no mail address."""

from __future__ import annotations

import logging
import re
import sys
import traceback

HIDDEN = "***"
LONGEST = 4000
_SECRETS = (
    # Links that let somebody in, as mail carries them; and keys that forms hand on.
    re.compile(
        r"(?P<kept>/(?:reset|confirm|change-email|unsubscribe|tf-setup|wan-signin|wan-register|wan-verify)/)[^/\s?#\"']+",
        re.IGNORECASE,
    ),
    # A field of a query, a form, a header or a record.
    re.compile(
        r"(?P<kept>(?:token|passw(?:or)?d|secret|api_?key|code|authorization|cookie|session|otp)[\w-]{0,20}"
        r"[\"']?\s{0,3}[=:]\s{0,3}[\"']?(?:Bearer |Basic )?)[^\s&\"',;)}\]]+",
        re.IGNORECASE,
    ),
    # The user and password of an address.
    re.compile(r"(?P<kept>\b[a-z][a-z0-9+.-]{0,20}://)[^/\s@\"']*:[^/\s\"']*@", re.IGNORECASE),
    # A tracking code, wherever somebody wrote it.
    re.compile(r"(?P<kept>)\b[A-Za-z2-7]{4}(?:[- ]?[A-Za-z2-7]{4}){4}\b"),
    # What is signed by us, and the hash of a password.
    re.compile(r"(?P<kept>)(?<![\w/.-])[\w-]{8,}\.[\w-]{6}\.[\w-]{27,}"),
    re.compile(r"(?P<kept>)\$argon2\S+"),
    re.compile(r"(?P<kept>)[\w.+-]{1,64}@(?!\d+\.\d+\.\d)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"),
)


def set_up(every_request: bool) -> None:
    """Send all that is logged in this process to stderr, through one formatter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("portal").setLevel(logging.INFO if every_request else logging.WARNING)
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
    text = text[:LONGEST]
    for pattern in _SECRETS:
        text = pattern.sub(rf"\g<kept>{HIDDEN}", text)
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _told(error: BaseException) -> str:
    """What was raised, and the last places that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in reversed(frames[-6:]))
    return f"{type(error).__name__}: {error} | {places}"
