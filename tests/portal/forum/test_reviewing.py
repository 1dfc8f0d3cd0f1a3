"""Posts are read before they appear, edits wait again, tombstones say why; on either kind of database."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.forum import RefusedError, lists, posting, queue, reading, reporting, reviewing, standing
from portal.storage.forum import Post, Report, Thread
from portal.storage.people import Audit
from tests.portal.forum.talk import Talk


def test_a_post_in_a_reviewed_board_appears_once_a_moderator_has_read_it(any_talk: Talk) -> None:
    post = any_talk.begin(any_talk.someone("记者"), "年份不对", "应当是 2017 年")
    assert any_talk.said(post) == []
    any_talk.approve(post)
    assert any_talk.said(post) == ["应当是 2017 年"]
    assert any_talk.thread_of(post).post_count == 1


def test_an_edit_waits_while_the_approved_wording_stays(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    post = any_talk.approve(any_talk.begin(writer, "年份不对", "第一稿"))
    any_talk.edit(writer, post, "夹带私货", "别的标题")
    assert any_talk.said(post) == ["第一稿"]
    assert any_talk.thread_of(post).title == "年份不对"
    any_talk.edit(writer, post, "第二稿", "年份不对了")
    any_talk.approve(post)
    assert (any_talk.said(post), any_talk.thread_of(post).title) == (["第二稿"], "年份不对了")


def test_a_rejected_edit_leaves_what_is_shown_and_a_rejected_post_may_be_written_anew(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    post = any_talk.approve(any_talk.begin(writer, "标题", "第一稿"))
    any_talk.edit(writer, post, "坏稿", "标题")
    any_talk.reject(post)
    assert any_talk.said(post) == ["第一稿"]
    reply = any_talk.reply(writer, post, "不当的回复")
    any_talk.reject(reply, "人身攻击")
    assert any_talk.state(reply) == "rejected"
    any_talk.edit(writer, reply, "得体的回复")
    any_talk.approve(reply)
    assert any_talk.said(post) == ["第一稿", "得体的回复"]


def test_trusted_members_and_moderators_need_no_review(any_talk: Talk) -> None:
    post = any_talk.begin(any_talk.trusted("馆员"), "标题", "馆员说")
    any_talk.reply(any_talk.moderator, post, "版主说")
    assert any_talk.said(post) == ["馆员说", "版主说"]


def test_a_hidden_post_leaves_a_tombstone_with_its_reason_and_can_come_back(any_talk: Talk) -> None:
    post = any_talk.begin(any_talk.trusted("馆员"), "标题", "首帖")
    reply = any_talk.reply(any_talk.moderator, post, "回复")
    any_talk.hide(reply, "离题")
    assert any_talk.said(post) == ["首帖", None]
    with any_talk.private.storage.session() as session:
        hidden = session.get_one(Post, reply)
        assert (hidden.reason, hidden.search_text) == ("离题", None)
        reviewing.unhide(session, any_talk.moderator.id, hidden, "看错了")
    assert any_talk.said(post) == ["首帖", "回复"]


def test_a_thread_whose_only_post_is_hidden_is_in_no_list(any_talk: Talk) -> None:
    post = any_talk.begin(any_talk.trusted("馆员"), "标题", "首帖")
    any_talk.hide(post)
    with any_talk.private.storage.session() as session:
        assert lists.threads(session, any_talk.forum) == []
        assert lists.overview(session, any_talk.forum)[0][1:] == (0, [])


def test_a_member_deletes_their_own_post_and_its_text_is_gone(any_talk: Talk) -> None:
    writer = any_talk.trusted("馆员")
    post = any_talk.begin(any_talk.moderator, "标题", "首帖")
    reply = any_talk.reply(writer, post, "说错的话")
    waiting = any_talk.reply(any_talk.someone("新人"), post, "还没审")
    with any_talk.private.storage.session() as session:
        posting.remove(session, session.get_one(Post, reply))
        posting.remove(session, session.get_one(Post, waiting))
    assert any_talk.said(post) == ["首帖", None]
    with any_talk.private.storage.session() as session:
        assert session.get(Post, waiting) is None
        assert reading.wordings(session, session.get_one(Post, reply)) == []


def test_reports_are_made_once_by_others_and_closed_with_an_outcome(any_talk: Talk) -> None:
    writer, reader = any_talk.trusted("馆员"), any_talk.someone("读者")
    post = any_talk.begin(writer, "标题", "首帖")
    with any_talk.private.storage.session() as session:
        of = session.get_one(Post, post)
        reporting.report(session, reader.id, of, "是广告")
        reporting.report(session, reader.id, of, "真的是广告")
        with pytest.raises(RefusedError, match="own_report"):
            reporting.report(session, writer.id, of, "举报自己")
    with any_talk.private.storage.session() as session:
        assert [(r.post.post_id, [x.words for x in r.reports]) for r in queue.reported(session)] == [(post, ["是广告"])]
    any_talk.hide(post, "确是广告")
    with any_talk.private.storage.session() as session:
        assert queue.reported(session) == []
        assert session.scalars(select(Report.outcome)).all() == ["已隐藏：确是广告"]


def test_locked_threads_take_no_reply_and_no_edit_but_from_moderators(any_talk: Talk) -> None:
    writer = any_talk.trusted("馆员")
    post = any_talk.begin(writer, "标题", "首帖")
    with any_talk.private.storage.session() as session:
        thread = session.get_one(Thread, any_talk.thread_of(post).thread_id)
        reviewing.lock(session, any_talk.moderator.id, thread, "已有结论", on=True)
    with pytest.raises(RefusedError, match="locked"):
        any_talk.reply(writer, post, "再说一句")
    with pytest.raises(RefusedError, match="locked"):
        any_talk.edit(writer, post, "改一改", "标题")
    any_talk.reply(any_talk.moderator, post, "结论在此")
    assert any_talk.said(post) == ["首帖", "结论在此"]


def test_a_pinned_thread_stands_first_and_a_moved_one_in_its_new_board(any_talk: Talk) -> None:
    writer = any_talk.trusted("馆员")
    first, second = (any_talk.begin(writer, title, title) for title in ("先开的", "后开的"))
    with any_talk.private.storage.session() as session:
        thread = session.get_one(Thread, any_talk.thread_of(first).thread_id)
        reviewing.pin(session, any_talk.moderator.id, thread, "公告", on=True)
        reviewing.move(session, any_talk.forum, any_talk.moderator.id, thread, "open", "不是数据的事")
        assert [t.thread.title for t in lists.threads(session, any_talk.forum)] == ["先开的", "后开的"]
        assert [t.board.id for t in lists.threads(session, any_talk.forum)] == ["open", "data"]
        with pytest.raises(RefusedError, match="no_board"):
            reviewing.move(session, any_talk.forum, any_talk.moderator.id, thread, "nowhere", "x")
    assert any_talk.thread_of(second).board == "data"


def test_rejecting_all_of_a_spammer_takes_their_word_away(any_talk: Talk) -> None:
    spammer = any_talk.someone("推广员")
    posts = [any_talk.begin(spammer, f"优惠 {n}", f"点这里 {n}") for n in range(3)]
    with any_talk.private.storage.session() as session:
        assert queue.waiting(session, 1)[0] == 3
        assert standing.reject_all(session, any_talk.forum, any_talk.moderator.id, spammer.id, "广告") == 3
        assert queue.waiting(session, 1) == (0, [])
    assert [any_talk.state(p) for p in posts] == ["rejected"] * 3
    with pytest.raises(RefusedError, match="muted"):
        any_talk.begin(spammer, "又来了", "新花样")


def test_whatever_a_moderator_does_has_a_reason_and_is_on_record(any_talk: Talk) -> None:
    post = any_talk.begin(any_talk.someone("记者"), "标题", "首帖")
    with pytest.raises(RefusedError, match="no_reason"):
        any_talk.reject(post, "  ")
    any_talk.approve(post)
    any_talk.hide(post, "离题")
    with any_talk.private.storage.session() as session:
        done = [(entry.action, entry.about, entry.detail, name) for entry, name in queue.done(session, 1)[1]]
        assert session.scalars(select(Audit.user_id)).all() == [any_talk.moderator.id] * 2
    where = f"/forum/posts/{post}"
    assert done == [("post.hide", where, "离题", "版主"), ("post.approve", where, "第 1 稿", "版主")]
