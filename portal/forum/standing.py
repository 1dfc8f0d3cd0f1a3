"""What moderators do about a member as a whole; about staff only administrators do it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.roles import ADMIN, STAFF
from portal.forum import put_away
from portal.forum.authors import standing_of
from portal.forum.forum import Forum
from portal.forum.reasons import given
from portal.forum.refusal import RefusedError
from portal.forum.reviewing import hide, reject, reopen, unhide
from portal.storage.forum import HIDDEN, SHOWN, WAITING, Post, Version
from portal.storage.people import User

STANDINGS = {
    ("is_trusted", True): "member.trust",
    ("is_trusted", False): "member.distrust",
    ("is_muted", True): "member.mute",
    ("is_muted", False): "member.unmute",
}
"""What is noted when a member comes to stand otherwise."""


def reject_all(session: Session, forum: Forum, moderator: int, user_id: int, reason: str) -> int:
    """Reject everything of a member that waits, and take their word away; how much it was."""
    set_standing(session, moderator, user_id, "is_muted", on=True, reason=reason)
    waiting = select(Version).where(Version.user_id == user_id, Version.state == WAITING)
    return sum(reject(session, forum, moderator, version, reason) for version in session.scalars(waiting).all())


def reject_authors(session: Session, forum: Forum, moderator: int, ids: list[int], reason: str) -> int:
    """Reject these wordings with everything else that their authors wait for, and take their word away; how much.

    Staff keep their word: what they wrote is rejected alone.
    """
    waiting = select(Version.user_id).where(Version.version_id.in_(ids), Version.state == WAITING).distinct()
    authors = [a for a in session.scalars(waiting) if a is not None and _may_judge(session, moderator, a)]
    done = sum(reject_all(session, forum, moderator, author, reason) for author in authors)
    others = session.scalars(select(Version).where(Version.version_id.in_(ids)).order_by(Version.version_id)).all()
    return done + sum(reject(session, forum, moderator, version, reason) for version in others)


def reopen_all(session: Session, moderator: int, user_id: int, reason: str) -> int:
    """Let everything of a member that was rejected wait again, and give their word back; how much it was."""
    set_standing(session, moderator, user_id, "is_muted", on=False, reason=reason)
    return sum(reopen(session, moderator, v, reason) for v in put_away.rejected_of(session, user_id))


def restore_all(session: Session, moderator: int, user_id: int, reason: str) -> int:
    """Show every hidden post of a member again; how many."""
    hidden = _posts_of(session, moderator, user_id, HIDDEN, reason)
    for post in hidden:
        unhide(session, moderator, post, reason)
    return len(hidden)


def hide_all(session: Session, moderator: int, user_id: int, reason: str) -> int:
    """Hide every post of a member that is public; how many."""
    shown = _posts_of(session, moderator, user_id, SHOWN, reason)
    for post in shown:
        hide(session, moderator, post, reason)
    return len(shown)


def set_standing(session: Session, moderator: int, user_id: int, what: str, *, on: bool, reason: str) -> None:
    """Trust a member or take their word away (`is_trusted`, `is_muted`), or neither any longer."""
    why, action = given(reason), STANDINGS[what, on]
    _check_staff(session, moderator, user_id)
    standing = standing_of(session, user_id)
    setattr(standing, what, on)
    session.add(standing)
    audit.note(session, moderator, action, audit.account(user_id), why)


def _check_staff(session: Session, moderator: int, user_id: int) -> None:
    if not _may_judge(session, moderator, user_id):
        raise RefusedError("staff")


def _may_judge(session: Session, moderator: int, user_id: int) -> bool:
    return not _roles(session, user_id) & set(STAFF) or ADMIN in _roles(session, moderator)


def _roles(session: Session, user_id: int) -> set[str]:
    user = session.get(User, user_id)
    return {role.name for role in user.roles} if user else set()


def _posts_of(session: Session, moderator: int, user_id: int, state: str, reason: str) -> Sequence[Post]:
    """The posts of a member in a state, for a moderator who may judge them and says why."""
    given(reason)
    _check_staff(session, moderator, user_id)
    return session.scalars(select(Post).where(Post.user_id == user_id, Post.state == state)).all()
