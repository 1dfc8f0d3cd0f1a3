"""Messages to people: written with what they tell, sent by a chore."""

from portal.mail.writing import write

__all__ = ["write"]
