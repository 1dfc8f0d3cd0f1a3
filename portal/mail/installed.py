"""The mail of an app: its carrier and sender, and the chores that use them."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address

from flask import Flask, current_app

from etl.site import Site
from portal.mail import delivering
from portal.mail.carriers import Carrier, Outbox, Smtp
from portal.mail.settings import sender, server
from portal.private import Private
from portal.storage import Storage


@dataclass(frozen=True)
class Mail:
    """Who sends, by which way, out of which database."""

    storage: Storage
    carrier: Carrier
    sender: Address


def install(app: Flask, site: Site, private: Private) -> None:
    """Give the app its mail; MailError where the settings are wrong."""
    named = server()
    who = sender(site, named is not None)
    carrier: Carrier = Smtp(named, who.domain) if named else Outbox(private.outbox)
    app.extensions["mail"] = Mail(private.storage, carrier, who)


def deliver() -> None:
    """A chore: send what waits."""
    mail = _mail()
    delivering.deliver(mail.storage, mail.carrier, mail.sender)


def _mail() -> Mail:
    mail: Mail = current_app.extensions["mail"]
    return mail
