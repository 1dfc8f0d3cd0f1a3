"""Messages about new posts: to whoever follows or was named, once, when the post appears; each can be stopped."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import delete, select

from portal.forum import telling
from portal.forum.telling import ANY
from portal.storage.forum import Follow, Mention, Version
from portal.storage.mail import Message
from portal.storage.people import User
from tests.portal.forum.talk import Talk


def messages(talk: Talk) -> list[tuple[str, str]]:
    """The recipients' names and the texts of messages, which are then gone."""
    with talk.private.storage.session() as session:
        names = {u.email: str(u.username) for u in session.scalars(select(User))}
        kept = session.scalars(select(Message).order_by(Message.message_id)).all()
        session.execute(delete(Message))
        return [(names[m.recipient], m.body_text) for m in kept]


def test_who_begins_a_thread_is_told_of_replies_when_they_appear(any_talk: Talk) -> None:
    writer, other = any_talk.someone("记者"), any_talk.someone("读者")
    post = any_talk.approve(any_talk.begin(writer, "年份", "不对"))
    assert messages(any_talk) == []
    reply = any_talk.reply(other, post, "我也**觉得**")
    assert messages(any_talk) == []
    any_talk.approve(reply)
    [(name, text)] = messages(any_talk)
    assert name == "记者"
    assert "《年份》\n我也觉得\n" in text
    assert f"http://127.0.0.1:8000/forum/posts/{reply}\n" in text


def test_who_is_named_is_told_once_and_the_longest_name_is_meant(any_talk: Talk) -> None:
    any_talk.someone("张三")
    any_talk.someone("张三丰")
    host = any_talk.trusted("馆员")
    post = any_talk.begin(host, "讨论", "请@张三丰看看，也请 @张三丰 、@不存在 再看")
    assert [name for name, _ in messages(any_talk)] == ["张三丰"]
    any_talk.edit(host, post, "请@张三看看", "讨论")
    assert messages(any_talk) == []
    with any_talk.private.storage.session() as session:
        assert len(session.scalars(select(Mention)).all()) == 2


def test_a_name_within_code_or_an_address_is_no_mention(talk: Talk) -> None:
    talk.someone("张三")
    talk.begin(talk.trusted("馆员"), "讨论", "`@张三`\n\n    @张三\n\nhttps://a.cn/@张三")
    assert messages(talk) == []


@pytest.mark.parametrize("kind", ["thread", "named"])
def test_the_link_in_a_message_stops_further_ones_without_a_log_in(any_talk: Talk, kind: str) -> None:
    host, reader = any_talk.trusted("馆员"), any_talk.someone("读者")
    post = any_talk.begin(host, "讨论", "正文")
    if kind == "thread":
        with any_talk.private.storage.session() as session:
            telling.follow(session, reader.id, any_talk.thread_of(post).thread_id)
    any_talk.reply(host, post, "一" if kind == "thread" else "@读者 一")
    [(_, text)] = messages(any_talk)
    token = re.search(r"/forum/unsubscribe/(\S+)", text)
    assert token
    wanted = telling.wanted(any_talk.forum, token[1])
    assert wanted == (reader.id, any_talk.thread_of(post).thread_id if kind == "thread" else ANY)
    with any_talk.private.storage.session() as session:
        telling.unsubscribe(session, *wanted)
        telling.unsubscribe(session, *wanted)
    any_talk.reply(host, post, "二" if kind == "thread" else "@读者 二")
    assert messages(any_talk) == []
    assert telling.wanted(any_talk.forum, token[1][:-2]) is None
    assert telling.wanted(any_talk.forum, "") is None


def test_the_subject_of_a_message_can_not_forge_a_header(talk: Talk) -> None:
    talk.someone("读者")
    talk.begin(talk.trusted("馆员"), "标题\r\nBcc: a@b.cn", "@读者 看")
    with talk.private.storage.session() as session:
        assert session.scalars(select(Message.subject)).one() == "镇江科技公文数据：标题 Bcc: a@b.cn"


def test_what_is_written_about_a_closed_account_reaches_nobody(any_talk: Talk) -> None:
    host, gone = any_talk.trusted("馆员"), any_talk.someone("离开者")
    post = any_talk.begin(host, "讨论", "正文")
    with any_talk.private.storage.session() as session:
        telling.follow(session, gone.id, any_talk.thread_of(post).thread_id)
        session.get_one(User, gone.id).active = False
    any_talk.reply(host, post, "@离开者 二")
    assert messages(any_talk) == []
    with any_talk.private.storage.session() as session:
        assert len(session.scalars(select(Follow)).all()) == 2
        assert session.scalars(select(Version.number)).all() == [1, 1]
