"""Who asked for it is told by mail what moderators decided on their posts, with the reason; nobody else is."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from portal.forum import standing, telling
from portal.storage.clock import now
from portal.storage.people import User
from tests.portal.forum.talk import Talk
from tests.portal.forum.test_telling import messages
from tests.portal.people import log_in, send


def asking(talk: Talk, name: str) -> User:
    """A member who wants to know."""
    user = talk.someone(name)
    with talk.private.storage.session() as session:
        telling.review_mail(session, user.id, wanted=True)
    return user


def test_the_author_is_told_that_a_post_is_public_and_where(any_talk: Talk) -> None:
    writer = asking(any_talk, "记者")
    post = any_talk.approve(any_talk.begin(writer, "年份", "不**对**"))
    [(name, text)] = messages(any_talk)
    assert name == "记者"
    assert "您的帖子已经通过审核，现在大家都看得到。\n\n《年份》\n不对\n" in text
    assert f"看帖子：http://127.0.0.1:8000/forum/posts/{post}\n" in text
    any_talk.edit(writer, post, "还是不对", "年份")
    assert messages(any_talk) == []
    any_talk.approve(post)
    assert "您改过的帖子已经通过审核" in messages(any_talk)[0][1]


def test_the_author_is_told_why_a_post_is_not_public_and_what_to_do(any_talk: Talk) -> None:
    writer = asking(any_talk, "记者")
    post = any_talk.begin(writer, "年份", "不对")
    any_talk.reject(post, "请写明出处")
    [(_, text)] = messages(any_talk)
    assert "您的帖子没有通过审核。理由：请写明出处\n" in text
    assert f"按理由改过以后，可以再次提交：http://127.0.0.1:8000/forum/posts/{post}\n" in text


def test_who_did_not_ask_is_not_told(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    any_talk.approve(any_talk.begin(writer, "年份", "不对"))
    any_talk.reject(any_talk.begin(writer, "年份二", "不对"))
    assert messages(any_talk) == []


@pytest.mark.parametrize("gone", ["disabled", "unconfirmed", "left"])
def test_an_account_that_is_closed_is_written_to_no_more(any_talk: Talk, gone: str) -> None:
    writer = asking(any_talk, "离开者")
    first, second = (any_talk.begin(writer, f"题 {n}", "正文") for n in range(2))
    with any_talk.private.storage.session() as session:
        user = session.get_one(User, writer.id)
        user.active, user.confirmed_at = gone != "disabled", None if gone == "unconfirmed" else user.confirmed_at
        user.left_at = now() if gone == "left" else None
    any_talk.approve(first)
    any_talk.reject(second)
    assert messages(any_talk) == []


def test_who_loses_their_word_gets_no_letter_for_each_of_their_posts(any_talk: Talk) -> None:
    spammer = asking(any_talk, "推广员")
    for n in range(3):
        any_talk.begin(spammer, f"广告 {n}", "正文")
    with any_talk.private.storage.session() as session:
        assert standing.reject_all(session, any_talk.forum, any_talk.moderator.id, spammer.id, "广告") == 3
    assert messages(any_talk) == []


def test_what_appears_without_review_is_no_news_to_its_author(any_talk: Talk) -> None:
    any_talk.begin(asking(any_talk, "记者"), "年份", "不对", "open")
    assert messages(any_talk) == []


def test_it_is_asked_for_beside_a_post_that_waits_and_stopped_by_the_link_in_the_letter(
    talk: Talk, web: TestClient
) -> None:
    writer = talk.someone("记者")
    log_in(web, talk.private, writer)
    post = talk.begin(writer, "年份", "不对")
    page = f"/forum/posts/{post}"
    assert "审核以后用邮件告诉我" in web.get(page).text
    saved = send(web, "/forum/mine", {"reviews": "1", "mentions": "1"}, page)
    assert "已保存。" in saved.text
    assert "审核以后会用邮件告诉您结果" in web.get(page).text
    talk.reject(post, "请写明出处")
    [(_, text)] = messages(talk)
    link = re.search(r"http://127.0.0.1:8000(/forum/unsubscribe/\S+)", text)
    assert link
    assert "不再用邮件告知结果" in web.get(link[1]).text
    assert "已经停了，不会再写信给您。" in web.post(link[1]).text
    with talk.private.storage.session() as session:
        kept = standing.standing_of(session, writer.id)
        assert (kept.review_mail, kept.no_mention_mail) == (False, False)
