"""What moderators have read is what appears, whatever members do meanwhile; on either kind of database."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from portal.forum import RefusedError, lists, posting, queue, reviewing, standing
from portal.storage.forum import Post, Thread, Version
from portal.storage.mail import Message
from tests.portal.forum.talk import Talk
from tests.portal.people import log_in, log_out, member, send


def waiting(talk: Talk) -> list[int]:
    """The numbers of the wordings that the queue shows."""
    with talk.private.storage.session() as session:
        return [w.version.version_id for w in queue.waiting(session, 1)[1]]


def test_row_44_a_wording_that_was_replaced_meanwhile_is_not_approved(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    post = any_talk.begin(writer, "标题", "无害的话")
    (read,) = waiting(any_talk)
    any_talk.edit(writer, post, "夹带私货", "标题")
    with any_talk.private.storage.session() as session:
        version = session.get_one(Version, read)
        assert (version.text, version.state) == ("无害的话", "replaced")
        assert reviewing.approve(session, any_talk.forum, any_talk.moderator.id, version) is False
        assert reviewing.reject(session, any_talk.forum, any_talk.moderator.id, version, "广告") is False
    assert (any_talk.said(post), any_talk.state(post)) == ([], "waiting")
    assert waiting(any_talk) != [read]


def test_row_44_the_queue_says_what_was_changed_meanwhile(talk: Talk, web: TestClient) -> None:
    writer = talk.someone("记者")
    post, other = talk.begin(writer, "标题", "无害的话"), talk.begin(writer, "别的标题", "别的话")
    ids = [str(n) for n in waiting(talk)]
    talk.edit(writer, post, "夹带私货", "标题")
    log_in(web, talk.private, talk.moderator)
    answer = send(web, "/desk/posts/", {"version": ids, "approve": "1"})  # type: ignore[dict-item]
    assert "已处理 1 帖。" in answer.text
    assert "有 1 帖刚被改过，请再看。" in answer.text
    assert (talk.said(post), talk.said(other)) == ([], ["别的话"])


def test_row_43_edits_of_a_post_that_waits_are_limited_too(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    post = any_talk.begin(writer, "标题", "第 0 稿")
    for n in range(1, 5):
        any_talk.edit(writer, post, f"第 {n} 稿", "标题")
    with pytest.raises(RefusedError, match="flood"):
        any_talk.edit(writer, post, "第 5 稿", "标题")


def test_row_44_replaced_wordings_are_kept_for_moderators_alone(talk: Talk, web: TestClient) -> None:
    writer = talk.someone("记者")
    post = talk.begin(writer, "标题", "改掉的话")
    talk.edit(writer, post, "留下的话", "标题")
    talk.approve(post)
    for path in ("/forum/threads/1", "/forum/posts/1/history", "/forum/feed.atom", "/forum/search?q=改掉"):
        assert "改掉的话" not in web.get(path).text, path
    assert "/forum/posts/1/history" not in web.get("/forum/threads/1").text
    log_in(web, talk.private, talk.moderator)
    page = web.get("/desk/posts/1").text
    assert "改掉的话" in page
    assert "已被作者改写" in page


def test_a_thread_that_was_rejected_revised_and_approved_appears(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    post = any_talk.begin(writer, "标题", "不妥的话")
    any_talk.reject(post)
    any_talk.edit(writer, post, "妥当的话", "标题")
    any_talk.approve(post)
    with any_talk.private.storage.session() as session:
        assert [t.thread.title for t in lists.threads(session, any_talk.forum)] == ["标题"]
    assert any_talk.said(post) == ["妥当的话"]


def test_a_reply_that_is_approved_brings_a_thread_back_that_had_no_post_left(any_talk: Talk) -> None:
    host = any_talk.trusted("馆员")
    post = any_talk.begin(host, "标题", "首帖")
    reply = any_talk.reply(any_talk.someone("记者"), post, "回复")
    with any_talk.private.storage.session() as session:
        posting.remove(session, session.get_one(Post, post))
    assert any_talk.thread_of(post).state == "deleted"
    any_talk.approve(reply)
    assert any_talk.said(post) == [None, "回复"]


def test_a_rejected_thread_that_its_author_deletes_is_gone_whole(any_talk: Talk) -> None:
    post = any_talk.begin(any_talk.someone("记者"), "标题", "不妥的话")
    any_talk.reject(post)
    with any_talk.private.storage.session() as session:
        posting.remove(session, session.get_one(Post, post))
    with any_talk.private.storage.session() as session:
        assert session.scalars(select(Thread)).all() == []


def test_row_40_a_moderator_who_showed_a_password_alone_is_reviewed_as_others_are(talk: Talk, web: TestClient) -> None:
    post = talk.begin(talk.trusted("馆员"), "标题", "首帖")
    with talk.private.storage.session() as session:
        reviewing.lock(session, talk.moderator.id, session.get_one(Thread, 1), "已有结论", on=True)
    for strong, status, said in ((False, 422, ["首帖"]), (True, 303, ["首帖", "结论 True"])):
        log_in(web, talk.private, talk.moderator, strong=strong)
        told = {"text": f"结论 {strong}"}
        assert send(web, "/forum/threads/1/reply", told, page="/forum/new").status_code == status
        assert talk.said(post) == said
        new = {"board": "data", "title": f"新讨论 {strong}", "text": f"正文 {strong}"}
        assert send(web, "/forum/new", new).status_code == 303
    with talk.private.storage.session() as session:
        titles = [t.thread.title for t in lists.threads(session, talk.forum)]
    assert sorted(titles) == ["新讨论 True", "标题"]


def test_row_44_a_reply_in_a_hidden_thread_waits_out_of_sight_and_tells_nobody(any_talk: Talk) -> None:
    host = any_talk.trusted("馆员")
    post = any_talk.begin(host, "标题", "首帖")
    reply = any_talk.reply(any_talk.someone("记者"), post, "回复")
    with any_talk.private.storage.session() as session:
        thread = session.get_one(Thread, any_talk.thread_of(post).thread_id)
        reviewing.hide_thread(session, any_talk.moderator.id, thread, "离题")
    with any_talk.private.storage.session() as session:
        assert (queue.waiting(session, 1), queue.count_waiting(session)) == ((0, []), 0)
    any_talk.approve(reply)
    with any_talk.private.storage.session() as session:
        assert session.scalars(select(Message)).all() == []


def test_row_40_staff_are_neither_muted_nor_hidden_by_other_moderators(talk: Talk, web: TestClient) -> None:
    other, head = member(talk.private, "另一版主", ("moderator",)), member(talk.private, "站长", ("admin",))
    for staff in (other, head, talk.moderator):
        with talk.private.storage.session() as session:
            with pytest.raises(RefusedError, match="staff"):
                standing.reject_all(session, talk.forum, talk.moderator.id, staff.id, "试")
            with pytest.raises(RefusedError, match="staff"):
                standing.hide_all(session, talk.moderator.id, staff.id, "试")
            for what in ("is_muted", "is_trusted"):
                with pytest.raises(RefusedError, match="staff"):
                    standing.set_standing(session, talk.moderator.id, staff.id, what, on=True, reason="试")
    log_in(web, talk.private, talk.moderator)
    refused = send(web, f"/desk/posts/members/{head.id}", {"act": "mute", "reason": "试"})
    assert (refused.status_code, "工作人员" in refused.text) == (422, True)
    log_in(web, talk.private, head)
    assert send(web, f"/desk/posts/members/{other.id}", {"act": "mute", "reason": "离职"}).status_code == 303
    with pytest.raises(RefusedError, match="muted"):
        talk.begin(other, "标题", "正文")


def test_everything_public_of_a_spammer_is_hidden_at_once(any_talk: Talk) -> None:
    spammer = any_talk.trusted("推广员")
    posts = [any_talk.begin(spammer, f"优惠 {n}", f"点这里 {n}", "open") for n in range(3)]
    kept = any_talk.begin(any_talk.trusted("馆员"), "标题", "正文")
    with any_talk.private.storage.session() as session:
        assert standing.hide_all(session, any_talk.moderator.id, spammer.id, "广告") == 3
    assert [any_talk.state(p) for p in [*posts, kept]] == ["hidden"] * 3 + ["shown"]
    with any_talk.private.storage.session() as session:
        done = [(entry.action, entry.detail) for entry, _ in queue.done(session, 1)[1]]
    assert done == [("post.hide", "广告")] * 3


def test_a_whole_page_of_the_queue_is_rejected_at_once(talk: Talk, web: TestClient) -> None:
    posts = [talk.begin(talk.someone(f"推广员{n}"), f"优惠 {n}", f"点这里 {n}") for n in range(3)]
    log_in(web, talk.private, talk.moderator)
    page = web.get("/desk/posts/").text
    listed = re.findall(r'name="listed" value="(\d+)"', page)
    assert listed == [str(n) for n in waiting(talk)]
    late = talk.begin(talk.someone("记者"), "年份不对", "后来的")
    told = {"listed": listed, "reject": "page", "reason": "广告"}
    assert "已处理 3 帖。" in send(web, "/desk/posts/", told).text  # type: ignore[arg-type]
    assert [talk.state(p) for p in [*posts, late]] == ["rejected"] * 3 + ["waiting"]


def test_an_old_wording_is_taken_out_of_the_public_history(talk: Talk, web: TestClient) -> None:
    host = talk.trusted("馆员")
    post = talk.begin(host, "标题", "电话 13800000000")
    talk.edit(host, post, "电话不公开", "标题")
    assert "13800000000" in web.get("/forum/posts/1/history").text
    log_in(web, talk.private, talk.moderator)
    for told, status in (
        ({"wording": "1", "reason": ""}, 422),
        ({"wording": "2", "reason": "现在的一稿"}, 422),
        ({"wording": "9", "reason": "没有的一稿"}, 422),
        ({"wording": "1", "reason": "含个人信息"}, 303),
    ):
        assert send(web, "/desk/posts/1", {"act": "hide_wording", **told}).status_code == status, told
    assert "含个人信息" in web.get("/desk/posts/1").text
    assert "隐藏帖子的旧稿" in web.get("/desk/posts/log").text
    log_out(web)
    history = web.get("/forum/posts/1/history")
    assert (history.status_code, "13800000000" in history.text) == (200, False)
    assert "/forum/posts/1/history" not in web.get("/forum/threads/1").text
    assert talk.said(post) == ["电话不公开"]
