"""Which accounts an administrator looks at: by a part of name or address, by role, by state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, func, or_

from portal.access.roles import ROLES
from portal.storage.like import literally
from portal.storage.people import Role, User

STATES: dict[str, Any] = {"normal": _("正常"), "unconfirmed": _("邮箱未确认"), "disabled": _("已停用")}
"""What an account can be, and what that is called."""


@dataclass(frozen=True)
class Sought:
    """What is asked for; a role or state that there is none of is none."""

    words: str = ""
    role: str | None = None
    state: str | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What holds of the accounts."""
        found: list[ColumnElement[bool]] = [User.left_at.is_(None)]
        if self.words:
            part = f"%{literally(self.words.lower())}%"
            found.append(or_(*(func.lower(c).like(part, escape="\\") for c in (User.username, User.email))))
        if self.role in ROLES:
            found.append(User.roles.any(Role.name == self.role))
        return [*found, *_in_state(self.state)]


def _in_state(state: str | None) -> list[ColumnElement[bool]]:
    known: dict[str, list[ColumnElement[bool]]] = {
        "normal": [User.active.is_(True), User.confirmed_at.is_not(None)],
        "unconfirmed": [User.active.is_(True), User.confirmed_at.is_(None)],
        "disabled": [User.active.is_(False)],
    }
    return known.get(state or "", [])
