"""Writes a message in the transaction of what it tells: both are kept, or neither."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from portal.storage.clock import now
from portal.storage.mail import Message

LONGEST_SUBJECT = 200
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+@[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f]+")


def write(session: Session, recipient: str, subject: str, body: str) -> None:
    """Keep a message to send; line ends in what becomes a header are spaces, ValueError where it would go to no one."""
    if not is_address(recipient):
        raise ValueError("not one mail address")
    line = " ".join(subject.split())[:LONGEST_SUBJECT]
    moment = now()
    message = Message(recipient=recipient, subject=line, body_text=body, written_at=moment, not_before=moment, tries=0)
    session.add(message)


def is_address(text: str) -> bool:
    r"""Whether a text is one mail address and nothing else.

    >>> is_address("lin@example.org"), is_address("lin@example.org\r\nBcc: all@example.org"), is_address("a@b, c@d")
    (True, False, False)
    """
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None
