"""Every model, so that migrations see them all."""

from portal.storage.base import Base
from portal.storage.forum import Thread
from portal.storage.mail import Message
from portal.storage.people import Audit, Login, Role, User, WebAuthn
from portal.storage.queries import StoredQuery
from portal.storage.usage import Favourite, PageViews, Usage

__all__ = [
    "Audit",
    "Base",
    "Favourite",
    "Login",
    "Message",
    "PageViews",
    "Role",
    "StoredQuery",
    "Thread",
    "Usage",
    "User",
    "WebAuthn",
]
