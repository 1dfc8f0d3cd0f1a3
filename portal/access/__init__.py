"""Who may call what: open to read, everything else by role, nothing by default."""

from portal.access.current import is_strong, my_id, person
from portal.access.needs import needs, open_to_all
from portal.access.roles import ADMIN, EDITOR, MEMBER, MODERATOR, ROLES, STAFF

__all__ = [
    "ADMIN",
    "EDITOR",
    "MEMBER",
    "MODERATOR",
    "ROLES",
    "STAFF",
    "is_strong",
    "my_id",
    "needs",
    "open_to_all",
    "person",
]
