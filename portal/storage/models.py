"""Every model, so that migrations see them all."""

from portal.storage.base import Base
from portal.storage.queries import StoredQuery

__all__ = ["Base", "StoredQuery"]
