"""Messages to authors who asked for them: what moderators decided on a post that waited, with the reason."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from etl.titles import in_marks
from portal import mail
from portal.forum.authors import standing_of
from portal.forum.excerpts import plain
from portal.forum.forum import Forum
from portal.forum.telling import REVIEWED, reachable, unsubscribe_token
from portal.mail.reader import Reader
from portal.storage.forum import REJECTED, SHOWN, Post, Thread, Version
from portal.storage.people import User

BODY = """{dear}

{what}

{title}
{excerpt}

{more}

{stop}
"""


def answer(session: Session, forum: Forum, version: Version) -> None:
    """Tell the author of a wording what was just decided on it, where they want to know."""
    thread = session.get_one(Thread, session.get_one(Post, version.post_id).thread_id)
    if version.state != REJECTED and thread.state != SHOWN:
        return
    for user in reachable(session, select(Version.user_id).where(Version.version_id == version.version_id)):
        standing = standing_of(session, user.id)
        # Who has just lost their word may have had hundreds waiting: a letter for each would be another flood.
        if standing.review_mail and not standing.is_muted:
            _write(session, forum, user, thread, version)


def _write(session: Session, forum: Forum, user: User, thread: Thread, version: Version) -> None:
    reader = Reader.of(forum.site, user.language)
    title = version.title or thread.title
    with reader.addressed():
        end = reader.address(f"/forum/unsubscribe/{unsubscribe_token(forum, user.id, REVIEWED)}")
        body = BODY.format(
            dear=_("%(name)s，您好：", name=user.username),
            what=_decided(version),
            title=in_marks(title),
            excerpt=plain(version.text),
            more=_next(version, reader.address(f"/forum/posts/{version.post_id}")),
            stop=_("不再收这类邮件：%(url)s", url=end),
        )
        subject = _("%(site)s：%(title)s", site=reader.title, title=title)
    mail.write(session, str(user.email), subject, body)


def _decided(version: Version) -> str:
    if version.state == REJECTED:
        return str(_("您的帖子没有通过审核。理由：%(reason)s", reason=version.reason))
    if version.number > 1:
        return str(_("您改过的帖子已经通过审核，现在公开的是这一稿。"))
    return str(_("您的帖子已经通过审核，现在大家都看得到。"))


def _next(version: Version, url: str) -> str:
    if version.state == REJECTED:
        return str(_("按理由改过以后，可以再次提交：%(url)s", url=url))
    return str(_("看帖子：%(url)s", url=url))
