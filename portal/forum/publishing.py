"""Makes a wording public, and takes posts out of sight: words to search by and counts follow."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from etl.bigrams import bigrams
from portal.forum.cleaning import folded
from portal.forum.forum import Forum
from portal.forum.telling import tell
from portal.storage.forum import DELETED, HIDDEN, REJECTED, SHOWN, WAITING, Post, Thread, Version, Word

LONGEST_TOKEN = 40
LIFTED = (WAITING, REJECTED, DELETED)
"""States that a thread leaves once a post of it is shown; a hidden one stays hidden."""


def publish(session: Session, forum: Forum, version: Version) -> None:
    """Show a wording to everybody; those who want to know are told when it is the post's first."""
    post = session.get_one(Post, version.post_id)
    thread = session.get_one(Thread, post.thread_id)
    is_first = post.shown is None
    version.state, post.shown = SHOWN, version.number
    if post.state == WAITING:
        post.state = SHOWN
    if version.title is not None:
        thread.title = version.title
    if thread.state in LIFTED and post.state == SHOWN:
        thread.state = SHOWN
    index(session, post, version)
    session.flush()
    recount(session, thread)
    if is_first and thread.state == SHOWN:
        tell(session, forum, thread, post, version)


def still_waits(session: Session, version: Version) -> bool:
    """Whether nobody has decided on a wording or replaced it meanwhile; until the end of the session nobody can."""
    state = select(Version.state).where(Version.version_id == version.version_id).with_for_update()
    return session.scalar(state) == WAITING


def withdraw(session: Session, post: Post, state: str, reason: str = "") -> None:
    """Leave a tombstone where a post stood; a thread without any other post goes with it."""
    post.state, post.reason = state, reason
    forget_words(session, post)
    session.flush()
    thread = session.get_one(Thread, post.thread_id)
    recount(session, thread)
    if thread.post_count == 0 and thread.state == SHOWN:
        thread.state = state


def restore(session: Session, post: Post) -> None:
    """Show a post again that was hidden."""
    post.state, post.reason = SHOWN, ""
    thread = session.get_one(Thread, post.thread_id)
    if thread.post_count == 0 and thread.state in (HIDDEN, DELETED):
        thread.state = SHOWN
    index(session, post, shown_version(session, post))
    session.flush()
    recount(session, thread)


def shown_version(session: Session, post: Post) -> Version:
    """The wording of a post that everybody sees."""
    return session.scalars(select(Version).where(Version.post_id == post.post_id, Version.number == post.shown)).one()


def index(session: Session, post: Post, version: Version) -> None:
    """Let a post be found by the words of its shown wording."""
    forget_words(session, post)
    if post.state != SHOWN:
        return
    post.search_text = folded(f"{version.title or ''} {version.text}")
    tokens = {token[:LONGEST_TOKEN] for token in bigrams(post.search_text).split()}
    if tokens:
        session.execute(insert(Word), [{"token": t, "post_id": post.post_id} for t in sorted(tokens)])


def forget_words(session: Session, post: Post) -> None:
    """Let a post be found no more."""
    post.search_text = None
    session.execute(delete(Word).where(Word.post_id == post.post_id))


def recount(session: Session, thread: Thread) -> None:
    """Count a thread's shown posts, and when the newest was written."""
    # One at a time: who counts later counts what the one before has kept too.
    session.execute(
        select(Thread.thread_id).where(Thread.thread_id == thread.thread_id).with_for_update(key_share=True)
    )
    shown = select(func.count(), func.max(Post.written_at)).where(
        Post.thread_id == thread.thread_id, Post.state == SHOWN
    )
    thread.post_count, last = session.execute(shown).one()
    thread.last_at = last or thread.begun_at
