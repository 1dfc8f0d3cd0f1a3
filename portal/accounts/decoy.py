"""The work of a message that nobody gets: who watches the clock learns nothing from an address that is not known."""

from __future__ import annotations

import secrets

from flask import render_template
from flask_security.confirmable import generate_confirmation_token

from portal import audit, mail
from portal.accounts.letters import link
from portal.accounts.people import sessions
from portal.storage.mail import Message
from portal.storage.people import User

NOBODY = "nobody@left.invalid"


def letter(template: str) -> None:
    """Write a message as to somebody, and take it away again before it is kept."""
    session = sessions()()
    nobody = User(email=NOBODY, username=NOBODY, fs_uniquifier=secrets.token_hex(16))
    token = generate_confirmation_token(nobody)
    names = dict.fromkeys(("token", "reset_token", "confirmation_token"), token)
    body = render_template(f"{template}.txt", user=nobody, link=link, within="", **names)
    mail.write(session, NOBODY, template, body)
    session.flush()
    session.query(Message).filter_by(recipient=NOBODY).delete()
    audit.note(session, None, "account.letter", "", template.rpartition("/")[2])
    session.commit()
