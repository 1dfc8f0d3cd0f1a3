"""What moderators do: let wordings through or not, hide, restore, lock, pin, move; each with its reason, on record."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.forum.authors import standing_of
from portal.forum.cleaning import one_line
from portal.forum.forum import Forum
from portal.forum.posting import LONGEST_REASON, close_reports, opens_thread
from portal.forum.publishing import publish, recount, restore, still_waits, withdraw
from portal.forum.reading import by_id, path_of
from portal.forum.refusal import RefusedError
from portal.storage.forum import HIDDEN, REJECTED, SHOWN, WAITING, Post, Thread, Version

STANDINGS = {
    ("is_trusted", True): "member.trust",
    ("is_trusted", False): "member.distrust",
    ("is_muted", True): "member.mute",
    ("is_muted", False): "member.unmute",
}
"""What is noted when a member comes to stand otherwise."""


def approve(session: Session, forum: Forum, moderator: int, version: Version) -> bool:
    """Let a wording that waits appear; whether it still waited."""
    if not still_waits(session, version):
        return False
    publish(session, forum, version)
    audit.note(session, moderator, "post.approve", f"/forum/posts/{version.post_id}", f"第 {version.number} 稿")
    return True


def reject(session: Session, moderator: int, version: Version, reason: str) -> bool:
    """Let a wording that waits not appear; the one that is shown stays. Whether it still waited."""
    why = _reason(reason)
    if not still_waits(session, version):
        return False
    version.state, version.reason = REJECTED, why
    post = session.get_one(Post, version.post_id)
    if post.shown is None:
        post.state = REJECTED
        thread = session.get_one(Thread, post.thread_id)
        if thread.state == WAITING and opens_thread(session, post):
            thread.state = REJECTED
    audit.note(session, moderator, "post.reject", f"/forum/posts/{post.post_id}", why)
    return True


def decide(session: Session, forum: Forum, moderator: int, ids: list[int], reason: str | None) -> int:
    """Approve the wordings of these numbers, or reject them for a reason; how many of them still waited."""
    found = filter(None, (by_id(session, Version, n) for n in dict.fromkeys(ids)))
    if reason is None:
        return sum(approve(session, forum, moderator, version) for version in found)
    return sum(reject(session, moderator, version, reason) for version in found)


def reject_all(session: Session, moderator: int, user_id: int, reason: str) -> int:
    """Reject everything of a member that waits, and take their word away; how much it was."""
    why = _reason(reason)
    waiting = session.scalars(select(Version).where(Version.user_id == user_id, Version.state == WAITING)).all()
    rejected = sum(reject(session, moderator, version, why) for version in waiting)
    set_standing(session, moderator, user_id, "is_muted", on=True, reason=why)
    return rejected


def hide(session: Session, moderator: int, post: Post, reason: str) -> None:
    """Leave a tombstone with the reason where a post stood."""
    why = _reason(reason)
    if post.state != SHOWN:
        return
    withdraw(session, post, HIDDEN, why)
    close_reports(session, [post.post_id], f"已隐藏：{why}")
    audit.note(session, moderator, "post.hide", f"/forum/posts/{post.post_id}", why)


def unhide(session: Session, moderator: int, post: Post, reason: str) -> None:
    """Show a hidden post again."""
    why = _reason(reason)
    if post.state != HIDDEN:
        return
    restore(session, post)
    audit.note(session, moderator, "post.restore", f"/forum/posts/{post.post_id}", why)


def dismiss(session: Session, moderator: int, post: Post, reason: str) -> None:
    """Close the reports of a post that stays."""
    why = _reason(reason)
    close_reports(session, [post.post_id], why)
    audit.note(session, moderator, "post.dismiss", f"/forum/posts/{post.post_id}", why)


def hide_thread(session: Session, moderator: int, thread: Thread, reason: str) -> None:
    """Take a whole thread out of sight; its posts keep their states."""
    why = _reason(reason)
    if thread.state == SHOWN:
        thread.state = HIDDEN
        posts = session.scalars(select(Post.post_id).where(Post.thread_id == thread.thread_id)).all()
        close_reports(session, posts, f"已隐藏：{why}")
        audit.note(session, moderator, "thread.hide", path_of(thread), why)


def unhide_thread(session: Session, moderator: int, thread: Thread, reason: str) -> None:
    """Show a hidden thread again."""
    why = _reason(reason)
    if thread.state == HIDDEN:
        thread.state = SHOWN
        recount(session, thread)
        audit.note(session, moderator, "thread.restore", path_of(thread), why)


def lock(session: Session, moderator: int, thread: Thread, reason: str, *, on: bool) -> None:
    """Take no more replies, or take them again."""
    thread.is_locked = on
    audit.note(session, moderator, "thread.lock" if on else "thread.unlock", path_of(thread), _reason(reason))


def pin(session: Session, moderator: int, thread: Thread, reason: str, *, on: bool) -> None:
    """Keep a thread at the head of its board, or no longer."""
    thread.is_pinned = on
    audit.note(session, moderator, "thread.pin" if on else "thread.unpin", path_of(thread), _reason(reason))


def move(session: Session, forum: Forum, moderator: int, thread: Thread, board_id: str, reason: str) -> None:
    """Put a thread into another board."""
    why, board = _reason(reason), forum.board(board_id)
    if board is None:
        raise RefusedError("no_board")
    audit.note(session, moderator, "thread.move", path_of(thread), f"{thread.board} → {board.id}：{why}")
    thread.board = board.id


def set_standing(session: Session, moderator: int, user_id: int, what: str, *, on: bool, reason: str) -> None:
    """Trust a member or take their word away (`is_trusted`, `is_muted`), or neither any longer."""
    why, action = _reason(reason), STANDINGS[what, on]
    standing = standing_of(session, user_id)
    setattr(standing, what, on)
    session.add(standing)
    audit.note(session, moderator, action, audit.account(user_id), why)


def _reason(words: str) -> str:
    why = one_line(words)[:LONGEST_REASON]
    if not why:
        raise RefusedError("no_reason")
    return why
