"""Rows 42 and 43 of the threats, as moderators meet them: many posts of many accounts, decided on and taken back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from portal.forum import RefusedError, posting, put_away, queue, reporting, reviewing, standing
from portal.forum.sieve import KNOWN, NEW, Sieve
from portal.storage.forum import Post, Version
from portal.storage.people import Audit
from tests.portal.forum.talk import Talk
from tests.portal.people import log_in, send


def waiting(talk: Talk, sieve: Sieve = queue.ALL) -> list[int]:
    with talk.private.storage.session() as session:
        return [w.post.post_id for w in queue.waiting(session, 1, sieve)[1]]


def rejected(talk: Talk) -> list[int]:
    with talk.private.storage.session() as session:
        return [one.post.post_id for one in put_away.rejected(session, 1)[1]]


def reopen(talk: Talk, post: int, reason: str = "退错了") -> bool:
    with talk.private.storage.session() as session:
        newest = posting.newest(session, session.get_one(Post, post))
        return reviewing.reopen(session, talk.moderator.id, newest, reason)


def test_the_few_posts_that_are_meant_are_found_among_many(any_talk: Talk) -> None:
    known = any_talk.someone("老读者")
    shown = any_talk.approve(any_talk.begin(known, "旧讨论", "旧话"))
    adverts = [any_talk.begin(any_talk.someone(f"推广员{n}"), f"优惠 {n}", f"便宜 50%_{n} 速来 VX") for n in range(3)]
    meant = any_talk.reply(known, shown, "表里的 2017 年对吗")
    assert waiting(any_talk) == [*adverts, meant]
    found = {
        Sieve("优惠"): adverts,
        Sieve("50%_1"): adverts[1:2],
        Sieve("vx", NEW): adverts,
        Sieve("", KNOWN): [meant],
        Sieve("vx", KNOWN): [],
        Sieve("%"): adverts,
        Sieve("", "nobody"): [*adverts, meant],
    }
    assert {sieve: waiting(any_talk, sieve) for sieve in found} == found


def test_what_was_rejected_by_mistake_waits_again_and_may_appear(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    thread = any_talk.begin(writer, "年份不对", "应当是 2017 年")
    any_talk.reject(thread)
    assert rejected(any_talk) == [thread]
    with pytest.raises(RefusedError, match="no_reason"):
        reopen(any_talk, thread, " ")
    assert reopen(any_talk, thread)
    assert (rejected(any_talk), waiting(any_talk)) == ([], [thread])
    assert not reopen(any_talk, thread)
    any_talk.approve(thread)
    assert any_talk.said(thread) == ["应当是 2017 年"]
    with any_talk.private.storage.session() as session:
        noted = session.execute(select(Audit.action, Audit.detail).order_by(Audit.audit_id)).all()
    assert [tuple(n) for n in noted] == [
        ("post.reject", "广告"),
        ("post.reopen", "退错了"),
        ("post.approve", "第 1 稿"),
    ]


def test_a_rejected_edit_waits_again_while_the_shown_wording_stays(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    post = any_talk.approve(any_talk.begin(writer, "标题", "第一稿"))
    any_talk.edit(writer, post, "第二稿", "标题")
    any_talk.reject(post)
    assert reopen(any_talk, post)
    assert (any_talk.said(post), waiting(any_talk)) == (["第一稿"], [post])
    any_talk.approve(post)
    assert any_talk.said(post) == ["第二稿"]


def test_what_was_written_anew_hidden_or_deleted_does_not_come_back(any_talk: Talk) -> None:
    writer, host = any_talk.someone("记者"), any_talk.trusted("馆员")
    anew = any_talk.begin(writer, "标题", "坏稿")
    any_talk.reject(anew)
    with any_talk.private.storage.session() as session:
        first = posting.newest(session, session.get_one(Post, anew)).version_id
    any_talk.edit(writer, anew, "好稿", "标题")
    hidden = any_talk.begin(host, "馆员的", "馆员说")
    with any_talk.private.storage.session() as session:
        standing.set_standing(session, any_talk.moderator.id, host.id, "is_trusted", on=False, reason="试")
    any_talk.edit(host, hidden, "改坏了", "馆员的")
    any_talk.reject(hidden)
    any_talk.hide(hidden)
    with any_talk.private.storage.session() as session:
        assert not reviewing.reopen(session, any_talk.moderator.id, session.get_one(Version, first), "试")
    assert not reopen(any_talk, hidden)
    assert rejected(any_talk) == []


def test_all_that_the_authors_of_a_page_wrote_is_rejected_and_their_word_is_taken_but_staffs(any_talk: Talk) -> None:
    first, second = any_talk.someone("推广员甲"), any_talk.someone("推广员乙")
    posts = [any_talk.begin(u, f"优惠 {n}", f"点这里 {u.username} {n}") for u in (first, second) for n in range(2)]
    with any_talk.private.storage.session() as session:
        staffs = posting.begin(session, any_talk.forum, any_talk.moderator.id, "data", "版主的", "没带手机").post_id
    other = any_talk.begin(any_talk.someone("记者"), "年份不对", "应当是 2017 年")
    listed = [posts[0], posts[2], staffs]
    with any_talk.private.storage.session() as session:
        ids = list(session.scalars(select(Version.version_id).where(Version.post_id.in_(listed))))
        assert standing.reject_authors(session, any_talk.forum, any_talk.moderator.id, ids, "广告") == 5
    assert (waiting(any_talk), sorted(rejected(any_talk))) == ([other], [*posts, staffs])
    for muted in (first, second):
        with pytest.raises(RefusedError, match="muted"):
            any_talk.reply(muted, other, "又来了")
    any_talk.begin(any_talk.moderator, "版主又说", "还能说话")


def test_a_member_who_was_taken_for_a_spammer_gets_their_word_and_their_posts_back(any_talk: Talk) -> None:
    writer = any_talk.trusted("记者")
    shown = [any_talk.begin(writer, f"讨论 {n}", f"正文 {n}") for n in range(2)]
    with any_talk.private.storage.session() as session:
        standing.set_standing(session, any_talk.moderator.id, writer.id, "is_trusted", on=False, reason="试")
    late = any_talk.begin(writer, "讨论 2", "正文 2")
    with any_talk.private.storage.session() as session:
        assert standing.reject_all(session, any_talk.forum, any_talk.moderator.id, writer.id, "广告") == 1
        assert standing.hide_all(session, any_talk.moderator.id, writer.id, "广告") == 2
    assert [any_talk.state(p) for p in (*shown, late)] == ["hidden", "hidden", "rejected"]
    with any_talk.private.storage.session() as session:
        assert standing.reopen_all(session, any_talk.moderator.id, writer.id, "认错了人") == 1
        assert standing.restore_all(session, any_talk.moderator.id, writer.id, "认错了人") == 2
    assert [any_talk.state(p) for p in (*shown, late)] == ["shown", "shown", "waiting"]
    assert any_talk.said(any_talk.approve(any_talk.reply(writer, shown[0], "谢谢"))) == ["正文 0", "谢谢"]


@pytest.mark.parametrize("signs", ["*a", "**a _b", "`", "~~a", "[", "[a](", "|a", "<", "&#x"])
def test_texts_that_take_long_to_draw_are_refused_before_they_fill_the_queue(talk: Talk, signs: str) -> None:
    with pytest.raises(RefusedError, match="marks"):
        talk.begin(talk.someone("记者"), "标题", signs * (20_000 // len(signs)))


def test_a_large_table_is_taken(talk: Talk) -> None:
    row = "|".join(["2.45%"] * 12)
    table = "\n".join([row, "|".join(["--"] * 12), *([row] * 200)])
    assert talk.said(talk.begin(talk.trusted("记者"), "各市数据", table)) == [table]


def test_a_flood_is_cleared_page_by_page_with_one_reason_and_taken_back(talk: Talk, web: TestClient) -> None:
    meant = talk.begin(talk.someone("记者"), "年份不对", "应当是 2017 年")
    for n in range(60):
        talk.begin(talk.someone(f"推广员{n}"), f"优惠 {n}", f"便宜发票 {n}")
    log_in(web, talk.private, talk.moderator)
    page = web.get("/desk/posts/?q=发票&page=9")
    assert ("60 帖等待审核" in page.text, "年份不对" in page.text, "第 2 页" in page.text) == (True, False, True)
    answer = _reject(web, page.text, "/desk/posts/?q=发票&page=9", "authors")
    assert ("已处理 10 帖。" in answer, 'value="广告"' in answer) == (True, True)
    assert "已处理 50 帖。" in _reject(web, answer, "/desk/posts/?q=发票", "page")
    assert waiting(talk) == [meant]
    back = web.get("/desk/posts/rejected").text
    told: dict[str, object] = {"listed": _listed(back), "which": "page"}
    assert send(web, "/desk/posts/rejected", told).status_code == 422  # type: ignore[arg-type]
    assert "已处理 20 帖。" in send(web, "/desk/posts/rejected", {**told, "reason": "退错了"}).text  # type: ignore[dict-item]
    assert len(waiting(talk)) == 21
    for nothing in ({}, {"version": "²"}, {"version": "9" * 5000}, {"version": "-1"}, {"version": ""}):
        for path in ("/desk/posts/", "/desk/posts/rejected"):
            assert send(web, path, {**nothing, "reason": "没有勾选", "reject": "1"}).status_code == 422, nothing


def _reject(web: TestClient, page: str, path: str, how: str) -> str:
    told: dict[str, object] = {"listed": _listed(page), "reject": how, "reason": "广告"}
    return str(send(web, path, told).text)  # type: ignore[arg-type]


def _listed(page: str) -> list[str]:
    return re.findall(r'name="listed" value="(\d+)"', page)


def test_a_flood_of_reports_fits_a_page_and_is_answered_at_once(talk: Talk, web: TestClient) -> None:
    posts = [talk.begin(talk.moderator, f"讨论 {n}", f"正文 {n}", "open") for n in range(22)]
    reporters = [talk.someone(f"举报者{n}") for n in range(8)]
    with talk.private.storage.session() as session:
        for reporter in reporters:
            reporting.report(session, reporter.id, session.get_one(Post, posts[0]), f"不妥 {reporter.username}")
        for n, post in enumerate(posts[1:]):
            reporting.report(session, reporters[n % 2].id, session.get_one(Post, post), "看看")
    log_in(web, talk.private, talk.moderator)
    page = web.get("/desk/posts/reports").text
    assert (page.count("不妥 举报者"), "共 8 人举报。" in page, "第 1 页，共 2 页" in page) == (5, True, True)
    assert send(web, "/desk/posts/reports", {"act": "dismiss", "post": "1"}).status_code == 422
    assert send(web, "/desk/posts/reports", {"act": "dismiss", "reason": "不成立"}).status_code == 422
    assert send(web, "/desk/posts/reports", {"act": "burn", "post": "1", "reason": "x"}).status_code == 400
    answer = send(web, "/desk/posts/reports", {"act": "dismiss", "post": str(posts[0]), "reason": "不成立"})
    assert ("已处理 1 帖。" in answer.text, "不妥 举报者" in answer.text, talk.state(posts[0])) == (
        True,
        False,
        "shown",
    )
    told: dict[str, object] = {"act": "hide", "post": [str(posts[1]), str(posts[2])], "reason": "离题"}
    assert "已处理 2 帖。" in send(web, "/desk/posts/reports", told).text  # type: ignore[arg-type]
    assert [talk.state(p) for p in posts[1:4]] == ["hidden", "hidden", "shown"]
