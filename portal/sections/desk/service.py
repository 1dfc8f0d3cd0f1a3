"""What the pages of the desk show: queues, people, the log."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from portal import audit
from portal.access.granting import set_active
from portal.access.roles import STAFF
from portal.sections.desk.queues import QUEUES, Queue, open_to
from portal.sections.desk.seeking import Sought
from portal.storage.like import literally
from portal.storage.paging import Page, page
from portal.storage.people import Audit, User

PAGE = 50
_NUMBERED = re.compile(r"[:/]\d+$")


def waiting(session: Session, roles: frozenset[str]) -> list[tuple[Queue, int]]:
    """The queues of somebody with these roles, and how much is in each."""
    return [(queue, queue.count(session)) for queue in open_to(roles, QUEUES)]


def people(session: Session, asked: Sought, number: int) -> Page[User]:
    """The accounts that are asked for, the newest first."""
    wanted = select(User).where(*asked.conditions).options(selectinload(User.roles))
    return page(session, wanted.order_by(User.id.desc()), number, PAGE)


def set_active_many(session: Session, by: int, ids: list[int], active: bool, reason: str) -> int:
    """Disable accounts or enable them again, all but those of staff, who are decided on one by one; how many."""
    found = session.scalars(select(User).where(User.id.in_(ids), User.left_at.is_(None), User.active.is_not(active)))
    changed = [user for user in found.unique() if not {r.name for r in user.roles} & set(STAFF)]
    for user in changed:
        set_active(session, by, user, active, reason)
    return len(changed)


def log(session: Session, by: str, action: str, about: str, number: int) -> Page[Any]:
    """What was done, the newest first: by somebody of a name, with a beginning of what it is called and was done to.

    What is numbered is meant by its whole number.
    """
    wanted = select(Audit, User.username).outerjoin(User, User.id == Audit.user_id)
    conditions: list[ColumnElement[bool]] = []
    if by:
        conditions.append(User.username == by)
    if _NUMBERED.search(about):
        conditions.append(Audit.about == about)
        about = ""
    for column, start in ((Audit.action, action), (Audit.about, about)):
        if start:
            conditions.append(column.like(f"{literally(start)}%", escape="\\"))
    return page(session, wanted.where(*conditions).order_by(Audit.audit_id.desc()), number, PAGE)


def done_to(session: Session, user: User) -> list[Any]:
    """What was done to an account lately."""
    about = select(Audit, User.username).outerjoin(User, User.id == Audit.user_id)
    about = about.where(Audit.about == audit.account(user.id))
    return list(session.execute(about.order_by(Audit.audit_id.desc()).limit(PAGE)))
