"""What can be done with a post, a thread or a member, under the names that the forms send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.forum import Forum, posting, reviewing, standing
from portal.storage.forum import Post, Thread
from portal.storage.people import User


@dataclass(frozen=True)
class Told:
    """Who does it and why; the board to move a thread to, the number of the wording to hide."""

    forum: Forum
    me: int
    reason: str
    board: str = ""
    wording: int = 0


POSTS: dict[str, Callable[[Session, Post, Told], object]] = {
    "hide": lambda s, post, told: reviewing.hide(s, told.me, post, told.reason),
    "hide_wording": lambda s, post, told: reviewing.hide_wording(s, told.me, post, told.wording, told.reason),
    "restore": lambda s, post, told: reviewing.unhide(s, told.me, post, told.reason),
    "dismiss": lambda s, post, told: reviewing.dismiss(s, told.me, post, told.reason),
    "reopen": lambda s, post, told: reviewing.reopen(s, told.me, posting.newest(s, post), told.reason),
}
THREADS: dict[str, Callable[[Session, Thread, Told], object]] = {
    "lock": lambda s, thread, told: reviewing.lock(s, told.me, thread, told.reason, on=True),
    "unlock": lambda s, thread, told: reviewing.lock(s, told.me, thread, told.reason, on=False),
    "pin": lambda s, thread, told: reviewing.pin(s, told.me, thread, told.reason, on=True),
    "unpin": lambda s, thread, told: reviewing.pin(s, told.me, thread, told.reason, on=False),
    "move": lambda s, thread, told: reviewing.move(s, told.forum, told.me, thread, told.board, told.reason),
    "hide": lambda s, thread, told: reviewing.hide_thread(s, told.me, thread, told.reason),
    "restore": lambda s, thread, told: reviewing.unhide_thread(s, told.me, thread, told.reason),
}
MEMBERS: dict[str, Callable[[Session, User, Told], object]] = {
    "trust": lambda s, user, told: _stand(s, user, told, "is_trusted", on=True),
    "distrust": lambda s, user, told: _stand(s, user, told, "is_trusted", on=False),
    "mute": lambda s, user, told: _stand(s, user, told, "is_muted", on=True),
    "unmute": lambda s, user, told: _stand(s, user, told, "is_muted", on=False),
    "reject_all": lambda s, user, told: standing.reject_all(s, told.forum, told.me, user.id, told.reason),
    "reopen_all": lambda s, user, told: standing.reopen_all(s, told.me, user.id, told.reason),
    "hide_all": lambda s, user, told: standing.hide_all(s, told.me, user.id, told.reason),
    "restore_all": lambda s, user, told: standing.restore_all(s, told.me, user.id, told.reason),
}


def _stand(session: Session, user: User, told: Told, what: str, *, on: bool) -> None:
    standing.set_standing(session, told.me, user.id, what, on=on, reason=told.reason)
