"""What moderators do: let wordings through or not, hide, restore, lock, pin, move; each with its reason, on record."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.forum import put_away
from portal.forum.answering import answer
from portal.forum.forum import Forum
from portal.forum.posting import opens_thread
from portal.forum.publishing import publish, recount, restore, still_waits, withdraw
from portal.forum.reading import by_id, path_of
from portal.forum.reasons import given
from portal.forum.refusal import RefusedError
from portal.forum.reporting import close_reports
from portal.storage.forum import HIDDEN, REJECTED, SHOWN, WAITING, Post, Thread, Version


def approve(session: Session, forum: Forum, moderator: int, version: Version) -> bool:
    """Let a wording that waits appear; whether it still waited."""
    if not still_waits(session, version):
        return False
    publish(session, forum, version)
    answer(session, forum, version)
    audit.note(session, moderator, "post.approve", f"/forum/posts/{version.post_id}", f"第 {version.number} 稿")
    return True


def reject(session: Session, forum: Forum, moderator: int, version: Version, reason: str) -> bool:
    """Let a wording that waits not appear; the one that is shown stays. Whether it still waited."""
    why = given(reason)
    if not still_waits(session, version):
        return False
    version.state, version.reason = REJECTED, why
    _move_with(session, version, WAITING)
    answer(session, forum, version)
    audit.note(session, moderator, "post.reject", f"/forum/posts/{version.post_id}", why)
    return True


def reopen(session: Session, moderator: int, version: Version, reason: str) -> bool:
    """Let a rejected wording wait again, as if nobody had decided; whether it still could."""
    why = given(reason)
    if not put_away.can_come_back(session, version):
        return False
    version.state, version.reason = WAITING, ""
    _move_with(session, version, REJECTED)
    audit.note(session, moderator, "post.reopen", f"/forum/posts/{version.post_id}", why)
    return True


def decide(session: Session, forum: Forum, moderator: int, ids: list[int], reason: str | None) -> int:
    """Approve the wordings of these numbers, or reject them for a reason; how many of them still waited."""
    found = filter(None, (by_id(session, Version, n) for n in dict.fromkeys(ids)))
    if reason is None:
        return sum(approve(session, forum, moderator, version) for version in found)
    return sum(reject(session, forum, moderator, version, reason) for version in found)


def hide(session: Session, moderator: int, post: Post, reason: str) -> None:
    """Leave a tombstone with the reason where a post stood."""
    why = given(reason)
    if post.state != SHOWN:
        return
    withdraw(session, post, HIDDEN, why)
    close_reports(session, [post.post_id], f"已隐藏：{why}")
    audit.note(session, moderator, "post.hide", f"/forum/posts/{post.post_id}", why)


def hide_wording(session: Session, moderator: int, post: Post, number: int, reason: str) -> None:
    """Take a wording that others have followed out of the public history."""
    why = given(reason)
    mine = select(Version).where(Version.post_id == post.post_id, Version.number == number, Version.state == SHOWN)
    version = session.scalars(mine.where(Version.number != post.shown)).first()
    if version is None:
        raise RefusedError("wording")
    version.state, version.reason = HIDDEN, why
    audit.note(session, moderator, "post.hide_wording", f"/forum/posts/{post.post_id}", f"第 {number} 稿：{why}")


def unhide(session: Session, moderator: int, post: Post, reason: str) -> None:
    """Show a hidden post again."""
    why = given(reason)
    if post.state != HIDDEN:
        return
    restore(session, post)
    audit.note(session, moderator, "post.restore", f"/forum/posts/{post.post_id}", why)


def dismiss(session: Session, moderator: int, post: Post, reason: str) -> None:
    """Close the reports of a post that stays."""
    why = given(reason)
    close_reports(session, [post.post_id], why)
    audit.note(session, moderator, "post.dismiss", f"/forum/posts/{post.post_id}", why)


def hide_thread(session: Session, moderator: int, thread: Thread, reason: str) -> None:
    """Take a whole thread out of sight; its posts keep their states."""
    why = given(reason)
    if thread.state == SHOWN:
        thread.state = HIDDEN
        posts = session.scalars(select(Post.post_id).where(Post.thread_id == thread.thread_id)).all()
        close_reports(session, posts, f"已隐藏：{why}")
        audit.note(session, moderator, "thread.hide", path_of(thread), why)


def unhide_thread(session: Session, moderator: int, thread: Thread, reason: str) -> None:
    """Show a hidden thread again."""
    why = given(reason)
    if thread.state == HIDDEN:
        thread.state = SHOWN
        recount(session, thread)
        audit.note(session, moderator, "thread.restore", path_of(thread), why)


def lock(session: Session, moderator: int, thread: Thread, reason: str, *, on: bool) -> None:
    """Take no more replies, or take them again."""
    thread.is_locked = on
    audit.note(session, moderator, "thread.lock" if on else "thread.unlock", path_of(thread), given(reason))


def pin(session: Session, moderator: int, thread: Thread, reason: str, *, on: bool) -> None:
    """Keep a thread at the head of its board, or no longer."""
    thread.is_pinned = on
    audit.note(session, moderator, "thread.pin" if on else "thread.unpin", path_of(thread), given(reason))


def move(session: Session, forum: Forum, moderator: int, thread: Thread, board_id: str, reason: str) -> None:
    """Put a thread into another board."""
    why, board = given(reason), forum.board(board_id)
    if board is None:
        raise RefusedError("no_board")
    audit.note(session, moderator, "thread.move", path_of(thread), f"{thread.board} → {board.id}：{why}")
    thread.board = board.id


def _move_with(session: Session, version: Version, before: str) -> None:
    """Give a post of which nothing is shown the state of its wording, and the thread too that it opens."""
    post = session.get_one(Post, version.post_id)
    if post.shown is not None:
        return
    post.state = version.state
    thread = session.get_one(Thread, post.thread_id)
    if thread.state == before and opens_thread(session, post):
        thread.state = version.state
