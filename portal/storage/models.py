"""Every model, so that migrations see them all."""

from portal.storage.base import Base
from portal.storage.deletions import Deletion
from portal.storage.forum import Thread
from portal.storage.mail import Message
from portal.storage.participation import CitizenRequest, Consultation, RequestEvent
from portal.storage.people import Audit, Login, Role, User, WebAuthn
from portal.storage.queries import StoredQuery
from portal.storage.usage import Favourite, PageViews, Usage

__all__ = [
    "Audit",
    "Base",
    "CitizenRequest",
    "Consultation",
    "Deletion",
    "Favourite",
    "Login",
    "Message",
    "PageViews",
    "RequestEvent",
    "Role",
    "StoredQuery",
    "Thread",
    "Usage",
    "User",
    "WebAuthn",
]
