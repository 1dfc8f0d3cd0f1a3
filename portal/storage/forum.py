"""The forum: threads, posts with every version of their text, words to search by, reports, who follows what.

What is public is what moderators have let through: of a post the version `shown`, of a thread the title beside it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.storage.base import Base

WAITING, SHOWN, HIDDEN, DELETED, REJECTED = "waiting", "shown", "hidden", "deleted", "rejected"
"""States of threads, posts and versions; `hidden` by a moderator and `deleted` by the author leave a tombstone."""
REPLACED = "replaced"
"""State of a version that its author wrote anew while it waited: moderators see it, and nobody else ever does."""
NEVER_AGAIN = {"sqlite_autoincrement": True}
"""Numbers stand in addresses: one that was given is never given again."""


class Thread(Base):
    """A discussion; `about` is the path of the row, notice or dataset that it is about."""

    __tablename__ = "forum_thread"
    __table_args__ = (
        Index("ix_forum_thread_board_last_at", "board", "state", "last_at"),
        Index("ix_forum_thread_last_at", "state", "last_at"),
        NEVER_AGAIN,
    )

    thread_id: Mapped[int] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    begun_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    about: Mapped[str | None] = mapped_column(String(250), index=True)
    about_version: Mapped[str | None] = mapped_column(String(40))
    """The version that was current when the thread was begun."""
    is_locked: Mapped[bool] = mapped_column(default=False)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    post_count: Mapped[int] = mapped_column(default=0)
    """How many posts are shown."""
    last_at: Mapped[datetime]
    """When the newest shown post was written."""


class Post(Base):
    """A place in a thread; `shown` is the number of the version that everybody sees, none while it waits."""

    __tablename__ = "forum_post"
    __table_args__ = (Index("ix_forum_post_thread_id", "thread_id", "post_id"), NEVER_AGAIN)

    post_id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("forum_thread.thread_id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    written_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    shown: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it was hidden."""
    search_text: Mapped[str | None] = mapped_column(Text)
    """The shown text as it is searched: title and words, folded."""


class Version(Base):
    """One wording of a post, never changed once it is written; `pins` are the versions of the rows that it links to."""

    __tablename__ = "forum_version"
    __table_args__ = (UniqueConstraint("post_id", "number", name="uq_forum_version_post_id_number"), NEVER_AGAIN)

    version_id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("forum_post.post_id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str | None] = mapped_column(String(200))
    """The title of the thread, where the post opens one."""
    text: Mapped[str] = mapped_column(Text)
    text_hash: Mapped[str] = mapped_column(String(64), index=True)
    pins: Mapped[dict[str, str]] = mapped_column(JSON)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    written_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), index=True)
    why: Mapped[str] = mapped_column(String(60), default="")
    """Why it waits: `board`, `spam`, `edit`."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it was rejected."""


class Removed(Base):
    """A wording that its author deleted, without a word of it: how fast somebody writes does not change by that."""

    __tablename__ = "forum_removed"

    removed_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    thread_id: Mapped[int]
    """Where it stood; that thread may be gone too."""
    place: Mapped[str] = mapped_column(String(20))
    """What went with it: a `thread`, a `reply`, or nothing but the `wording`."""
    written_at: Mapped[datetime]


class Mention(Base):
    """Somebody named with @ in a version."""

    __tablename__ = "forum_mention"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("forum_version.version_id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)


class Word(Base):
    """A token under which a shown post is found."""

    __tablename__ = "forum_word"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    post_id: Mapped[int] = mapped_column(
        ForeignKey("forum_post.post_id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Report(Base):
    """A member says that a post breaks the rules; `outcome` is empty while nobody has looked."""

    __tablename__ = "forum_report"
    __table_args__ = (UniqueConstraint("post_id", "user_id", name="uq_forum_report_post_id_user_id"),)

    report_id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("forum_post.post_id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(500), default="", index=True)


class Follow(Base):
    """Somebody is told by mail of new posts in a thread."""

    __tablename__ = "forum_follow"

    thread_id: Mapped[int] = mapped_column(ForeignKey("forum_thread.thread_id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)


class Standing(Base):
    """What the forum keeps of an account that differs from what is usual."""

    __tablename__ = "forum_standing"

    user_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    is_trusted: Mapped[bool] = mapped_column(default=False)
    """A moderator lets it publish without review."""
    is_muted: Mapped[bool] = mapped_column(default=False)
    """A moderator has taken its word away."""
    no_mention_mail: Mapped[bool] = mapped_column(default=False)
    review_mail: Mapped[bool] = mapped_column(default=False)
    """It asked to be told by mail what moderators decide on its posts."""
