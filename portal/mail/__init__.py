"""Messages to people: written with what they tell, sent by a chore."""

from portal.mail.installed import deliver, install
from portal.mail.settings import MailError, server
from portal.mail.writing import is_address, write

__all__ = ["MailError", "deliver", "install", "is_address", "server", "write"]
