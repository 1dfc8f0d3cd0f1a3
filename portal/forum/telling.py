"""Messages: to those who follow a thread and to those who were named, in the language in which they use the site.

Each says how to get no more.
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from etl.titles import in_marks
from portal import mail
from portal.forum.authors import standing_of
from portal.forum.excerpts import plain
from portal.forum.forum import Forum
from portal.mail.reader import Reader
from portal.storage.forum import Follow, Mention, Post, Thread, Version
from portal.storage.people import User

ANY, REVIEWED = 0, -1
"""In place of a thread's number: messages about being named, and about what moderators decide."""
MOST_MENTIONS = 10
BODY = """{dear}

{what}

{title}
{excerpt}

{read}

{stop}
"""
FOLLOWED = _("您关注的讨论有了新帖，作者是 %(author)s。"), _("不再关注这个讨论：%(url)s")
NAMED = _("%(author)s 在帖子里提到了您。"), _("不再收这类邮件：%(url)s")


def tell(session: Session, forum: Forum, thread: Thread, post: Post, version: Version) -> None:
    """Write to everybody who wants to know of a post that has just appeared, once each, and not to its author."""
    author = session.get(User, post.user_id) if post.user_id else None
    name = str(author.username) if author and author.left_at is None else ""
    named = reachable(session, select(Mention.user_id).where(Mention.version_id == version.version_id))
    following = reachable(session, select(Follow.user_id).where(Follow.thread_id == thread.thread_id))
    told = {post.user_id}
    for user in named[:MOST_MENTIONS]:
        if user.id not in told and not standing_of(session, user.id).no_mention_mail:
            _write(session, forum, user, thread, post, version, (NAMED, name, ANY))
            told.add(user.id)
    for user in following:
        if user.id not in told:
            _write(session, forum, user, thread, post, version, (FOLLOWED, name, thread.thread_id))


def unsubscribe_token(forum: Forum, user_id: int, thread_id: int) -> str:
    """What a link in a message names its reader and thread with, or ANY or REVIEWED."""
    return str(_serializer(forum).dumps([user_id, thread_id]))


def wanted(forum: Forum, token: str) -> tuple[int, int] | None:
    """The reader and the thread of such a token, if it is one of ours."""
    try:
        user_id, thread_id = _serializer(forum).loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return int(user_id), int(thread_id)


def unsubscribe(session: Session, user_id: int, thread_id: int) -> None:
    """Write to a reader no more about a thread, about being named, or about their posts."""
    if thread_id not in (ANY, REVIEWED):
        session.execute(delete(Follow).where(Follow.user_id == user_id, Follow.thread_id == thread_id))
    elif session.get(User, user_id) is not None:
        stop = mention_mail if thread_id == ANY else review_mail
        stop(session, user_id, wanted=False)


def mention_mail(session: Session, user_id: int, *, wanted: bool) -> None:
    """Whether a member is written to when somebody names them."""
    standing = standing_of(session, user_id)
    standing.no_mention_mail = not wanted
    session.add(standing)


def review_mail(session: Session, user_id: int, *, wanted: bool) -> None:
    """Whether a member is written to when moderators have decided on their posts."""
    standing = standing_of(session, user_id)
    standing.review_mail = wanted
    session.add(standing)


def follow(session: Session, user_id: int, thread_id: int) -> None:
    """Write to a member about new posts in a thread."""
    if session.get(Follow, (thread_id, user_id)) is None:
        session.add(Follow(thread_id=thread_id, user_id=user_id))


def reachable(session: Session, ids: Select[Any]) -> list[User]:
    """Those of these accounts that may be written to: confirmed, neither disabled nor gone."""
    found = select(User).where(User.id.in_(ids), User.active, User.left_at.is_(None), User.confirmed_at.is_not(None))
    return list(session.scalars(found.order_by(User.id)))


def _write(
    session: Session,
    forum: Forum,
    user: User,
    thread: Thread,
    post: Post,
    version: Version,
    how: tuple[tuple[Any, Any], str, int],
) -> None:
    (what, stop), author, about = how
    reader = Reader.of(forum.site, user.language)
    with reader.addressed():
        end = reader.address(f"/forum/unsubscribe/{unsubscribe_token(forum, user.id, about)}")
        body = BODY.format(
            dear=gettext("%(name)s，您好：", name=user.username),
            what=str(what) % {"author": author or gettext("已注销用户")},
            title=in_marks(thread.title),
            excerpt=plain(version.text),
            read=gettext("阅读和回复：%(url)s", url=reader.address(f"/forum/posts/{post.post_id}")),
            stop=str(stop) % {"url": end},
        )
        subject = gettext("%(site)s：%(title)s", site=reader.title, title=thread.title)
    mail.write(session, str(user.email), subject, body)


def _serializer(forum: Forum) -> URLSafeSerializer:
    return URLSafeSerializer(forum.secret, salt="forum-unsubscribe")
