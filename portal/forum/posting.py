"""What members do: begin a thread, reply, edit, delete, report."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.forum import pace, rules
from portal.forum.authors import Author, author
from portal.forum.forum import Forum
from portal.forum.publishing import withdraw
from portal.forum.refusal import RefusedError
from portal.forum.reporting import close_reports
from portal.forum.subjects import subject
from portal.forum.telling import follow
from portal.forum.wording import first_wording, next_wording
from portal.storage.clock import now
from portal.storage.forum import DELETED, HIDDEN, REJECTED, SHOWN, WAITING, Post, Thread, Version


def begin(
    session: Session,
    forum: Forum,
    user_id: int,
    board_id: str,
    title: str,
    text: str,
    about: str = "",
    *,
    strong: bool = False,
) -> Post:
    """Begin a thread, about what stands at the path `about`; RefusedError says why it is not taken.

    Here and below `strong` says that a second factor was shown: only then the roles of staff count.
    """
    who, made = author(session, user_id, strong=strong), rules.draft(text, forum.links, title)
    board = forum.board(board_id)
    if board is None:
        raise RefusedError("no_board")
    _check(session, who, made, None)
    of = subject(forum, about) if about else None
    thread = Thread(
        board=board.id,
        title=made.title or "",
        user_id=user_id,
        begun_at=now(),
        last_at=now(),
        state=WAITING,
        about=of.path if of else None,
        about_version=(of.version or None) if of else None,
    )
    session.add(thread)
    session.flush()
    follow(session, user_id, thread.thread_id)
    return first_wording(session, forum, who, thread, made)


def reply(session: Session, forum: Forum, user_id: int, thread: Thread, text: str, *, strong: bool = False) -> Post:
    """Reply in a thread; RefusedError says why it is not taken."""
    who, made = author(session, user_id, strong=strong), rules.draft(text, forum.links)
    if thread.state != SHOWN:
        raise RefusedError("gone")
    if thread.is_locked and not who.is_moderator:
        raise RefusedError("locked")
    _check(session, who, made, thread.thread_id)
    return first_wording(session, forum, who, thread, made)


def edit(
    session: Session,
    forum: Forum,
    user_id: int,
    post: Post,
    text: str,
    title: str | None = None,
    *,
    strong: bool = False,
) -> Version:
    """Write another wording of one's own post; the one that is shown stays until the new one may appear."""
    who, opens = author(session, user_id, strong=strong), opens_thread(session, post)
    thread = session.get_one(Thread, post.thread_id)
    if post.state in (HIDDEN, DELETED) or thread.state in (HIDDEN, DELETED):
        raise RefusedError("gone")
    if thread.is_locked and not who.is_moderator:
        raise RefusedError("locked")
    made = rules.draft(text, forum.links, (title or "") if opens else None)
    last = newest(session, post)
    if last.state != REJECTED and (last.text, last.title) == (made.text, made.title):
        raise RefusedError("unchanged")
    pace.check(session, who)
    rules.check_links(who, made)
    return next_wording(session, forum, who, post, last, made)


def remove(session: Session, post: Post) -> None:
    """Delete one's own post: its texts go; a tombstone stays where others have seen it."""
    was_seen, opens = post.shown is not None, opens_thread(session, post)
    pace.remember(session, post, place=pace.WORDING if was_seen else pace.THREAD if opens else pace.REPLY)
    session.execute(delete(Version).where(Version.post_id == post.post_id))
    close_reports(session, [post.post_id], "作者已删除")
    if was_seen:
        withdraw(session, post, DELETED)
        return
    thread = session.get_one(Thread, post.thread_id)
    session.delete(thread if thread.state in (WAITING, REJECTED) and opens else post)


def opens_thread(session: Session, post: Post) -> bool:
    """Whether a post is the first of its thread."""
    first = select(func.min(Post.post_id)).where(Post.thread_id == post.thread_id)
    return session.scalar(first) == post.post_id


def has_text(post: Post) -> bool:
    """Whether there is anything left of a post to edit or delete."""
    return post.state not in (HIDDEN, DELETED)


def newest(session: Session, post: Post) -> Version:
    """The newest wording of a post, whatever its state."""
    mine = select(Version).where(Version.post_id == post.post_id).order_by(Version.number.desc())
    return session.scalars(mine.limit(1)).one()


def _check(session: Session, who: Author, made: rules.Draft, thread_id: int | None) -> None:
    pace.check(session, who)
    rules.check_duplicate(session, who, made)
    rules.check_links(who, made)
    pace.check_new(session, who, thread_id)
