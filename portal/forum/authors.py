"""Whoever writes: what they may do, and how the forum knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.access.roles import ADMIN, MODERATOR
from portal.forum.refusal import RefusedError
from portal.storage.clock import now
from portal.storage.forum import SHOWN, Post, Standing
from portal.storage.people import User

KNOWN_AFTER = timedelta(hours=24)
KNOWN_WITH = 3
"""A member is known when the first of so many posts was let through so long ago."""


@dataclass(frozen=True)
class Author:
    """A member as the forum sees them."""

    user_id: int
    name: str
    is_moderator: bool
    is_trusted: bool
    is_new: bool


def author(session: Session, user_id: int, *, strong: bool = False) -> Author:
    """The member; RefusedError where they may not write. Staff who showed only a password are members as others are."""
    # One post at a time of each member: what is counted below holds until this one is kept.
    session.execute(update(User).where(User.id == user_id).values(active=User.active))
    user = session.get(User, user_id)
    if user is None or not user.active or user.left_at is not None or user.confirmed_at is None:
        raise RefusedError("unconfirmed")
    standing = standing_of(session, user_id)
    if standing.is_muted:
        raise RefusedError("muted")
    moderates = strong and bool({MODERATOR, ADMIN} & {role.name for role in user.roles})
    trusted = moderates or standing.is_trusted
    return Author(user_id, str(user.username), moderates, trusted, not trusted and not _is_known(session, user_id))


def standing_of(session: Session, user_id: int) -> Standing:
    """What is kept of the member beyond the usual; a fresh one is not kept until it says something."""
    found = session.get(Standing, user_id)
    usual = {"is_trusted": False, "is_muted": False, "no_mention_mail": False, "review_mail": False}
    return found or Standing(user_id=user_id, **usual)


def _is_known(session: Session, user_id: int) -> bool:
    mine = select(func.count(), func.min(Post.written_at)).where(Post.user_id == user_id, Post.state == SHOWN)
    count, first = session.execute(mine).one()
    return bool(count >= KNOWN_WITH and first <= now() - KNOWN_AFTER)
