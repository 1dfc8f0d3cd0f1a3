"""Makes a letter of a message that was kept."""

from __future__ import annotations

from datetime import UTC
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from portal.storage.mail import Message


def compose(message: Message, sender: Address) -> EmailMessage:
    """The letter: plain text, with an id that stays the same when it has to be sent again."""
    letter = EmailMessage(policy.SMTP)
    written = message.written_at.replace(tzinfo=UTC)
    letter["From"] = sender
    letter["To"] = Address(addr_spec=message.recipient)
    letter["Subject"] = message.subject
    letter["Date"] = written
    letter["Message-ID"] = f"<{written:%Y%m%dT%H%M%S}.{message.message_id}@{sender.domain}>"
    # So that no holiday note answers.
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body_text, charset="utf-8")
    return letter
