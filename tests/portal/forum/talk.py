"""People who talk in a forum, for tests: each call is a transaction of its own, as a request is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from etl.site import Site
from portal.forum import Forum, posting, reading, reviewing
from portal.private import Private
from portal.published import Published
from portal.storage.forum import Post, Removed, Standing, Thread, Version
from portal.storage.people import User
from tests.portal.people import member


@dataclass
class Talk:
    """A forum and a moderator."""

    forum: Forum
    private: Private
    moderator: User

    @staticmethod
    def over(published: Published, site: Site, private: Private) -> Talk:
        moderator = member(private, "版主", ("moderator",))
        return Talk(Forum.of(site, published, private.secret), private, moderator)

    def someone(self, name: str) -> User:
        return member(self.private, name, ("member",))

    def known(self, name: str) -> User:
        """A member who has been here for long: nothing that holds for new ones holds for them."""
        user = self.someone(name)
        for n in range(3):
            self.approve(self.begin(user, f"旧讨论 {n}", f"{name}的第 {n} 帖"))
        self.pass_time(timedelta(days=2))
        return user

    def trusted(self, name: str) -> User:
        user = self.someone(name)
        with self.private.storage.session() as session:
            session.add(Standing(user_id=user.id, is_trusted=True, is_muted=False, no_mention_mail=False))
        return user

    def begin(self, user: User, title: str, text: str = "正文", board: str = "data", about: str = "") -> int:
        """Begin a thread; the number of its first post."""
        with self.private.storage.session() as session:
            return posting.begin(session, self.forum, user.id, board, title, text, about, strong=True).post_id

    def reply(self, user: User, to: int, text: str) -> int:
        """Reply in the thread of a post."""
        with self.private.storage.session() as session:
            thread = session.get_one(Thread, session.get_one(Post, to).thread_id)
            return posting.reply(session, self.forum, user.id, thread, text, strong=True).post_id

    def edit(self, user: User, post: int, text: str, title: str | None = None) -> int:
        """Write another wording; its number among all."""
        with self.private.storage.session() as session:
            of = session.get_one(Post, post)
            return posting.edit(session, self.forum, user.id, of, text, title, strong=True).version_id

    def approve(self, post: int) -> int:
        """Let the newest wording of a post appear."""
        with self.private.storage.session() as session:
            version = posting.newest(session, session.get_one(Post, post))
            reviewing.approve(session, self.forum, self.moderator.id, version)
        return post

    def reject(self, post: int, reason: str = "广告") -> None:
        with self.private.storage.session() as session:
            version = posting.newest(session, session.get_one(Post, post))
            reviewing.reject(session, self.forum, self.moderator.id, version, reason)

    def remove(self, post: int) -> None:
        """Delete a post, as its author."""
        with self.private.storage.session() as session:
            posting.remove(session, session.get_one(Post, post))

    def hide(self, post: int, reason: str = "离题") -> None:
        with self.private.storage.session() as session:
            reviewing.hide(session, self.moderator.id, session.get_one(Post, post), reason)

    def said(self, post: int) -> list[str | None]:
        """The texts that everybody sees in the thread of a post; None for tombstones."""
        with self.private.storage.session() as session:
            shown = reading.posts(session, session.get_one(Post, post).thread_id, 1)
            return [p.version.text if p.version else None for p in shown]

    def state(self, post: int) -> str:
        with self.private.storage.session() as session:
            return session.get_one(Post, post).state

    def thread_of(self, post: int) -> Thread:
        with self.private.storage.session() as session:
            return session.get_one(Thread, session.get_one(Post, post).thread_id)

    def pass_time(self, span: timedelta) -> None:
        """Let all that was written be older."""
        with self.private.storage.session() as session:
            written = [(kind, ["written_at"]) for kind in (Version, Post, Removed)]
            for kind, columns in (*written, (Thread, ["begun_at", "last_at"])):
                for row in session.scalars(select(kind)):
                    for column in columns:
                        setattr(row, column, getattr(row, column) - span)
