"""Who leaves takes their data along; threads stay readable, without a name anywhere."""

from __future__ import annotations

from sqlalchemy import select, text

from portal.forum import personal, reporting, searching, telling
from portal.sections.forum import service
from portal.storage.clock import now
from portal.storage.forum import Post, Removed, Report, Thread, Version
from portal.storage.people import User
from tests.portal.forum.talk import Talk


def test_all_that_is_kept_is_given_out(any_talk: Talk) -> None:
    writer = any_talk.someone("要走的")
    post = any_talk.approve(any_talk.begin(writer, "题", "第一稿"))
    any_talk.edit(writer, post, "第二稿", "题")
    other = any_talk.begin(any_talk.trusted("馆员"), "别题", "首帖")
    with any_talk.private.storage.session() as session:
        reporting.report(session, writer.id, session.get_one(Post, other), "不妥")
    any_talk.remove(any_talk.begin(writer, "又一题", "想想还是算了"))
    with any_talk.private.storage.session() as session:
        given = personal.export(session, writer.id)
    assert [(p["text"], p["state"]) for p in given["posts"]] == [("第一稿", "shown"), ("第二稿", "waiting")]
    assert [r["words"] for r in given["reports"]] == ["不妥"]
    assert (given["follows"], given["mail_when_named"], given["muted"]) == ([1], True, False)
    assert [(d["thread"], d["at"][:4]) for d in given["deleted"]] == [(3, str(now().year))]


def test_who_leaves_is_named_nowhere_and_threads_stay_readable(any_talk: Talk) -> None:
    host, writer = any_talk.trusted("馆员"), any_talk.someone("张三李四")
    public = any_talk.approve(any_talk.begin(writer, "公开的题", "公开的话"))
    any_talk.edit(writer, public, "没审的新稿", "公开的题")
    any_talk.begin(writer, "没审的题", "没审的话")
    any_talk.remove(any_talk.begin(writer, "没审的题之二", "没审的话之二"))
    named = any_talk.reply(host, public, "@张三李四 说得对")
    other = any_talk.begin(host, "别题", "首帖")
    with any_talk.private.storage.session() as session:
        reporting.report(session, writer.id, session.get_one(Post, other), "不妥")
        telling.mention_mail(session, writer.id, wanted=False)
    with any_talk.private.storage.session() as session:
        personal.forget(session, writer.id)
        personal.forget(session, writer.id)
        session.get_one(User, writer.id).username = None
    assert any_talk.said(public) == ["公开的话", "@已注销用户 说得对"]
    with any_talk.private.storage.session() as session:
        assert session.scalars(select(Thread.title).order_by(Thread.thread_id)).all() == ["公开的题", "别题"]
        assert session.scalars(select(Report.user_id)).all() == [None]
        assert [v.text for v in session.scalars(select(Version)) if "没审" in v.text] == []
        assert session.scalars(select(Removed)).all() == []
        assert searching.search(session, "张三李四") == (0, [])
        assert [h.post.post_id for _, h in searching.search(session, "已注销用户")[1]] == [named]
        for table in ("forum_thread", "forum_post", "forum_version", "forum_word", "forum_standing", "forum_follow"):
            for row in session.execute(text(f"SELECT * FROM {table}")):  # noqa: S608 - names of ours
                assert "张三李四" not in str(row) and "没审" not in str(row), table


def test_row_62_quotes_name_nobody_who_left(any_talk: Talk) -> None:
    host, writer = any_talk.trusted("馆员"), any_talk.trusted("王芳")
    post = any_talk.begin(writer, "题", "一句")
    own = any_talk.begin(host, "别题", "两句")
    with any_talk.private.storage.session() as session:
        text_of = {p: service.quoted(session, session.get_one(Post, p), "") for p in (post, own)}
    quote = any_talk.reply(host, post, text_of[post] + "同意")
    other = any_talk.reply(host, post, text_of[own] + "王芳：[#2](/forum/posts/2)")
    with any_talk.private.storage.session() as session:
        session.get_one(User, writer.id).username = "改过名的"
        personal.forget(session, writer.id)
    assert any_talk.said(post)[1:] == [
        f"> 已注销用户：[#{post}](/forum/posts/{post})\n>\n> 一句\n\n同意",
        f"> 馆员：[#{own}](/forum/posts/{own})\n>\n> 两句\n\n王芳：[#2](/forum/posts/2)",
    ]
    with any_talk.private.storage.session() as session:
        assert [h.post.post_id for _, h in searching.search(session, "王芳")[1]] == [other]
        assert [h.post.post_id for _, h in searching.search(session, "已注销用户")[1]] == [quote]
