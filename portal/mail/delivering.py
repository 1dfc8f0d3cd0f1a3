"""Sends what waits: each message by one process, again after growing pauses, for some days."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.mail.carriers import Carrier, RefusedError, Send
from portal.mail.composing import compose
from portal.storage import Storage
from portal.storage.clock import now
from portal.storage.mail import Message

AT_ONCE = 50
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=1)
"""The first is longer than one message may take: a message in hand is nobody else's."""
GIVEN_UP_AFTER = timedelta(days=4)
log = logging.getLogger("portal.mail")


def deliver(storage: Storage, carrier: Carrier, sender: Address) -> None:
    """Send what is due; OSError or SMTPException where the carrier takes nothing at all."""
    with storage.session() as session:
        waits = session.scalar(select(exists().where(Message.not_before <= now())))
    if not waits:
        return
    try:
        with carrier.open() as send:
            for message in _claimed(storage):
                _send(storage, send, message, sender)
    finally:
        _give_up(storage)


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries.

    >>> [str(pause(n)) for n in (1, 2, 3, 9)]
    ['0:02:00', '0:04:00', '0:08:00', '1:00:00']
    """
    doubled: int = 2 ** min(tries - 1, 10)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _claimed(storage: Storage) -> Iterator[Message]:
    """Messages that are due, each marked as in hand before it is given out."""
    for _ in range(AT_ONCE):
        with storage.session() as session:
            message = session.scalar(
                select(Message).where(Message.not_before <= now()).order_by(Message.not_before).limit(1)
            )
            mine = message is not None and _claim(session, message)
        if message is None:
            return
        if mine:
            yield message


def _claim(session: Session, message: Message) -> bool:
    """Whether this process has it now: another one that read the same row finds it changed."""
    seen = (Message.message_id == message.message_id, Message.tries == message.tries)
    later: datetime = now() + pause(message.tries + 1)
    changed = session.execute(update(Message).where(*seen).values(tries=message.tries + 1, not_before=later))
    return changed.rowcount == 1  # type: ignore[attr-defined,no-any-return]


def _send(storage: Storage, send: Send, message: Message, sender: Address) -> None:
    try:
        send(compose(message, sender))
    except (RefusedError, ValueError) as error:
        _settle(storage, message, "mail.refused", str(error) if isinstance(error, RefusedError) else "not an address")
    except smtplib.SMTPResponseException as error:
        log.warning("message %d was not taken: %d", message.message_id, error.smtp_code)
    else:
        _settle(storage, message)


def _settle(storage: Storage, message: Message, action: str | None = None, detail: str = "") -> None:
    """Forget a message that was sent, or that never will be: that is put on record, without the address."""
    with storage.session() as session:
        session.execute(delete(Message).where(Message.message_id == message.message_id))
        if action:
            audit.note(session, None, action, f"message:{message.message_id}", detail)


def _give_up(storage: Storage) -> None:
    """Forget what could not be sent for days: by then it tells nobody anything."""
    with storage.session() as session:
        old = list(session.scalars(select(Message).where(Message.written_at < now() - GIVEN_UP_AFTER)))
    for message in old:
        _settle(storage, message, "mail.given_up", f"{message.tries} tries")
