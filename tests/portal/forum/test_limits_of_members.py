"""Rows 42 and 43 of the threats: new members do little, spam waits or is refused, nothing comes twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import insert

from portal.forum import RefusedError, lists, posting, queue, reporting
from portal.storage.clock import now
from portal.storage.forum import Standing
from portal.storage.people import User
from tests.portal.forum.talk import Talk


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as caught:
        call()
    return caught.value.code


def test_row_42_a_new_member_begins_three_threads_in_a_day(any_talk: Talk) -> None:
    new = any_talk.someone("新人")
    for n in range(3):
        any_talk.begin(new, f"讨论 {n}", f"正文 {n}")
    assert refused(lambda: any_talk.begin(new, "讨论 4", "正文 4")) == "first_threads"
    any_talk.pass_time(timedelta(hours=25))
    any_talk.begin(new, "讨论 4", "正文 4")


def test_row_42_a_new_member_replies_ten_times_in_a_day_and_three_times_in_a_thread(talk: Talk) -> None:
    new, host = talk.someone("新人"), talk.trusted("馆员")
    threads = [talk.begin(host, f"讨论 {n}", f"正文 {n}") for n in range(4)]
    for thread in threads[:3]:
        for n in range(3):
            talk.reply(new, thread, f"{thread} 楼回复 {n}")
            talk.pass_time(timedelta(minutes=2))
        assert refused(lambda thread=thread: talk.reply(new, thread, "再来一句")) == "thread_replies"  # type: ignore[misc]
    talk.reply(new, threads[3], "第十次")
    assert refused(lambda: talk.reply(new, threads[3], "第十一次")) == "first_replies"


def test_a_member_who_was_let_through_often_enough_is_no_longer_new(any_talk: Talk) -> None:
    known = any_talk.known("老成员")
    for n in range(4):
        any_talk.begin(known, f"新讨论 {n}", f"新正文 {n}")


def test_row_43_a_new_member_sets_two_links_and_as_many_to_rows_as_they_like(talk: Talk) -> None:
    new, links = talk.someone("新人"), "https://a.cn/1 https://b.cn/2"
    talk.begin(new, "两个", f"{links} /targets/a.b /targets/c.d /targets/e.f")
    assert refused(lambda: talk.begin(new, "三个", f"{links} [三](https://c.cn/3)")) == "many_links"
    post = talk.begin(new, "后来", "没有链接")
    assert refused(lambda: talk.edit(new, post, f"{links} <https://c.cn/3>", "后来")) == "many_links"


def test_row_43_floods_are_refused_whoever_writes_them_but_moderators(any_talk: Talk) -> None:
    known = any_talk.trusted("话多的")
    post = any_talk.begin(known, "讨论", "正文")
    for n in range(4):
        any_talk.reply(known, post, f"第 {n} 句")
    assert refused(lambda: any_talk.reply(known, post, "第五句")) == "flood"
    assert refused(lambda: any_talk.edit(known, post, "改一改", "讨论")) == "flood"
    for n in range(6):
        any_talk.reply(any_talk.moderator, post, f"版主第 {n} 句")


def test_row_43_an_hour_has_its_limit_too(talk: Talk) -> None:
    known = talk.trusted("话多的")
    post = talk.begin(known, "讨论", "正文")
    for n in range(59):
        talk.reply(known, post, f"第 {n} 句")
        talk.pass_time(timedelta(seconds=30))
    assert refused(lambda: talk.reply(known, post, "第六十句")) == "hourly"


def test_row_43_what_was_said_before_is_refused_however_it_is_spaced_or_wide(any_talk: Talk) -> None:
    known, other = any_talk.trusted("甲"), any_talk.trusted("乙")
    post = any_talk.begin(known, "讨论", "正文")
    any_talk.reply(known, post, "ＡＢＣ  谢谢")
    assert refused(lambda: any_talk.reply(known, post, "abc 谢谢 ")) == "duplicate"
    any_talk.reply(other, post, "abc 谢谢")
    advert = "代开发票、办理各类证件，价格优惠，诚信经营，欢迎新老客户来电咨询，二十四小时在线服务"
    any_talk.reply(known, post, advert)
    assert refused(lambda: any_talk.reply(other, post, advert)) == "duplicate"


def test_in_an_open_board_the_third_post_of_a_new_member_that_links_to_one_place_waits(any_talk: Talk) -> None:
    spammer = any_talk.someone("推广员")
    posts = [any_talk.begin(spammer, f"好物 {n}", f"看 https://spam.cn/{n}", "open") for n in range(3)]
    assert [any_talk.state(p) for p in posts] == ["shown", "shown", "waiting"]


def test_in_an_open_board_who_was_refused_or_reported_waits(any_talk: Talk) -> None:
    for user, act in (("被隐藏的", "hide"), ("被举报的", "report")):
        writer = any_talk.someone(user)
        first = any_talk.begin(writer, f"{user}一", f"{user}说一", "open")
        if act == "hide":
            any_talk.hide(first)
        else:
            with any_talk.private.storage.session() as session:
                reporting.report(session, any_talk.moderator.id, session.get_one(posting.Post, first), "不妥")
        assert any_talk.state(any_talk.begin(writer, f"{user}二", f"{user}说二", "open")) == "waiting"


def test_an_edit_in_an_open_board_that_looks_like_spam_waits(any_talk: Talk) -> None:
    spammer = any_talk.someone("推广员")
    posts = [any_talk.begin(spammer, f"好物 {n}", f"看 https://spam.cn/{n}", "open") for n in range(2)]
    clean = any_talk.begin(spammer, "清白", "没有链接", "open")
    assert any_talk.state(clean) == "shown"
    any_talk.edit(spammer, clean, "其实是 https://spam.cn/3", "清白")
    assert any_talk.said(clean) == ["没有链接"]
    assert len(posts) == 2


def test_row_43_who_deletes_every_post_again_floods_no_less(any_talk: Talk) -> None:
    known, outcomes = any_talk.trusted("删帖的"), []
    for n in range(1_000):
        try:
            any_talk.remove(any_talk.begin(known, f"讨论 {n}", f"正文 {n}"))
            outcomes.append("taken")
        except RefusedError as error:
            outcomes.append(error.code)
    assert {o: outcomes.count(o) for o in outcomes} == {"taken": 5, "flood": 995}
    any_talk.pass_time(timedelta(minutes=2))
    any_talk.begin(known, "讨论", "正文")


def test_row_43_edits_of_a_post_that_was_deleted_count_in_the_hour(talk: Talk) -> None:
    known = talk.trusted("删帖的")
    for n in range(15):
        post = talk.begin(known, f"讨论 {n}", "正文")
        for m in range(3):
            talk.edit(known, post, f"正文 {m}", f"讨论 {n}")
        talk.remove(post)
        talk.pass_time(timedelta(minutes=2))
    assert refused(lambda: talk.begin(known, "讨论", "又一句")) == "hourly"
    talk.pass_time(timedelta(hours=1))
    talk.begin(known, "讨论", "又一句")


@pytest.mark.parametrize("seen", [False, True], ids=["unseen", "seen"])
def test_row_42_what_a_new_member_deletes_counts_as_before(any_talk: Talk, seen: bool) -> None:
    new, host = any_talk.someone("新人"), any_talk.trusted("馆员")
    there = any_talk.begin(host, "讨论", "正文")
    for n in range(3):
        post = any_talk.begin(new, f"讨论 {n}", f"正文 {n}", "open" if seen else "data")
        any_talk.remove(post)
        any_talk.pass_time(timedelta(minutes=2))
    assert refused(lambda: any_talk.begin(new, "讨论 4", "正文 4")) == "first_threads"
    for n in range(3):
        post = any_talk.reply(new, there, f"第 {n} 句")
        any_talk.remove(any_talk.approve(post) if seen else post)
        any_talk.pass_time(timedelta(minutes=2))
    assert refused(lambda: any_talk.reply(new, there, "再来一句")) == "thread_replies"
    others = [any_talk.begin(host, f"别的 {n}", f"别的正文 {n}") for n in range(3)]
    for n in range(7):
        any_talk.remove(any_talk.reply(new, others[n // 3], f"又第 {n} 句"))
        any_talk.pass_time(timedelta(minutes=2))
    assert refused(lambda: any_talk.reply(new, others[2], "第十一句")) == "first_replies"
    any_talk.pass_time(timedelta(hours=25))
    any_talk.begin(new, "讨论 5", "正文 5")


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("", "正文", "no_title"),
        ("\u200b\u202e ", "正文", "no_title"),
        ("题" * 101, "正文", "long_title"),
        ("标题", " \n\u200b\n", "empty"),
        ("标题", "字" * 20_001, "long"),
        ("标题", "\n".join("字" * 1001), "long"),
        ("标题", "有\0字", "control"),
        ("有\x1b字", "正文", "control"),
        ("标题", "> " * 13 + "深", "deep"),
    ],
)
def test_row_28_what_can_not_be_kept_is_refused_in_words(talk: Talk, title: str, text: str, code: str) -> None:
    writer = talk.trusted("馆员")
    assert refused(lambda: talk.begin(writer, title, text)) == code
    assert refused(lambda: talk.begin(writer, "标题", "正文", "nowhere")) == "no_board"


def test_who_is_not_confirmed_or_muted_may_not_write(any_talk: Talk) -> None:
    muted, stranger = any_talk.someone("禁言者"), any_talk.someone("未确认")
    with any_talk.private.storage.session() as session:
        session.add(Standing(user_id=muted.id, is_trusted=True, is_muted=True, no_mention_mail=False))
        session.get_one(User, stranger.id).confirmed_at = None
    assert refused(lambda: any_talk.begin(muted, "标题", "正文")) == "muted"
    assert refused(lambda: any_talk.begin(stranger, "标题", "正文")) == "unconfirmed"


def test_row_42_a_thousand_sign_ups_publish_nothing_and_are_rejected_one_by_one_or_by_author(talk: Talk) -> None:
    rows = [
        {"username": f"spam{n}", "email": f"s{n}@spam.example.org", "active": True, "fs_uniquifier": f"{n:064}"}
        for n in range(1000)
    ]
    with talk.private.storage.session() as session:
        session.execute(insert(User), [{**r, "confirmed_at": now()} for r in rows])
        users = session.query(User).filter(User.username.like("spam%")).order_by(User.id).all()
    advert = "点击领取优惠，数量有限，先到先得，错过今天再等一年，详情请看我们的网站首页，谢谢各位新老客户"
    outcomes = []
    for n, user in enumerate(users):
        with talk.private.storage.session() as session:
            try:
                posting.begin(session, talk.forum, user.id, "data", f"优惠{n % 50}", advert)
                outcomes.append("waits")
            except RefusedError as error:
                outcomes.append(error.code)
    assert {o: outcomes.count(o) for o in outcomes} == {"waits": 50, "duplicate": 950}
    with talk.private.storage.session() as session:
        assert lists.threads(session, talk.forum) == []
        assert queue.waiting(session, 1)[0] == 50
