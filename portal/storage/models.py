"""Every model, so that migrations see them all."""

from portal.storage.base import Base
from portal.storage.mail import Message
from portal.storage.people import Audit, Login, Role, User, WebAuthn
from portal.storage.queries import StoredQuery

__all__ = ["Audit", "Base", "Login", "Message", "Role", "StoredQuery", "User", "WebAuthn"]
