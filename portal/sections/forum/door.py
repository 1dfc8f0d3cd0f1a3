"""What the pages of the forum work with, and who asks for them."""

from __future__ import annotations

from flask import current_app

from portal.access import ADMIN, MODERATOR, is_strong
from portal.access.current import known
from portal.forum import Forum
from portal.sections.forum.service import Who


def forum() -> Forum:
    """The forum of the site."""
    found: Forum = current_app.extensions["forum"]
    return found


def who() -> Who:
    """Whoever makes the request."""
    member = known()
    if member is None:
        return Who()
    strong = is_strong()
    return Who(member.id, strong and bool({MODERATOR, ADMIN} & {role.name for role in member.roles}), strong)
