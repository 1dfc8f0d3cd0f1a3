"""Messages about accounts: plain text in the reader's language, kept with what they tell, sent by a chore."""

from __future__ import annotations

from typing import Any

import email_validator
from flask import Flask, current_app
from flask_security import MailUtil, url_for_security
from flask_security.mail_util import EmailValidateException
from flask_security.utils import get_message

from portal import audit, mail
from portal.accounts.people import sessions
from portal.frame.door import site
from portal.limits import Limits
from portal.storage.people import User

ASKED_FOR_BY_ANYBODY = (
    "welcome_existing",
    "welcome_existing_username",
    "reset_instructions",
    "confirmation_instructions",
)
"""Messages that go out because somebody typed an address: nobody's letter box is filled with them."""


class Letters(MailUtil):  # type: ignore[misc]
    """What Flask-Security asks about mail."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def send_mail(
        self, template: str, subject: str, recipient: str, _sender: str, body: str, _html: None, **context: Any
    ) -> None:
        """Keep a message to send, and that there was one."""
        name, session = template.rpartition("/")[2], sessions()()
        limits: Limits = current_app.extensions["limits"]
        if name not in ASKED_FOR_BY_ANYBODY or limits.take("letters to one", recipient):
            mail.write(session, recipient, str(subject), body)
        user: User | None = context.get("user")
        audit.note(session, None, "account.letter", audit.account(user.id) if user else "", name)
        session.commit()

    def normalize(self, email: str) -> str:
        """An address as it is looked up: case tells no two people apart."""
        return self.validate(email)

    def validate(self, email: str) -> str:
        """An address as it is kept; Flask-Security's exception where it is none."""
        try:
            options = current_app.config["SECURITY_EMAIL_VALIDATOR_ARGS"]
            return email_validator.validate_email(email, **options).normalized.lower()
        except (ValueError, AttributeError, TypeError) as error:
            raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0]) from error


def link(endpoint: str, token: str | None = None) -> str:
    """A link to a page of accounts at the address of the site, whatever name the request came by."""
    return site().address + str(url_for_security(endpoint, **({"token": token} if token else {})))
