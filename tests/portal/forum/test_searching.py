"""Search in Chinese over either kind of database: only what is shown is found, by every word as it stands."""

from __future__ import annotations

from sqlalchemy import select

from portal.forum import reviewing, searching
from portal.storage.forum import Post, Thread, Word
from tests.portal.forum.talk import Talk


def found(talk: Talk, query: str) -> list[int]:
    with talk.private.storage.session() as session:
        total, hits = searching.search(session, query)
        assert total == len(hits)
        return [hit.post.post_id for _, hit in hits]


def test_posts_are_found_by_words_of_any_length_in_title_and_text(any_talk: Talk) -> None:
    host = any_talk.trusted("馆员")
    first = any_talk.begin(host, "研发投入强度", "2.65% 是 R&D 经费")
    second = any_talk.begin(host, "别的", "全社会研发的投入")
    assert found(any_talk, "研发投入") == [first]
    assert found(any_talk, "研发") == [second, first]
    assert found(any_talk, "研") == [second, first]
    assert found(any_talk, "研发 ＥＲ") == []
    assert found(any_talk, "经费 ｒ&d 2.65") == [first]
    assert found(any_talk, "全社会 投入") == [second]
    assert found(any_talk, "%") == found(any_talk, "") == found(any_talk, "_") == []


def test_what_waits_is_hidden_or_was_edited_away_is_not_found(any_talk: Talk) -> None:
    writer = any_talk.someone("记者")
    post = any_talk.begin(writer, "标题", "密语甲")
    assert found(any_talk, "密语甲") == []
    any_talk.approve(post)
    assert found(any_talk, "密语甲") == [post]
    any_talk.edit(writer, post, "密语乙", "标题")
    assert (found(any_talk, "密语乙"), found(any_talk, "密语甲")) == ([], [post])
    any_talk.approve(post)
    assert (found(any_talk, "密语乙"), found(any_talk, "密语甲")) == ([post], [])
    any_talk.hide(post)
    assert found(any_talk, "密语乙") == []
    with any_talk.private.storage.session() as session:
        assert session.scalars(select(Word)).all() == []
        reviewing.unhide(session, any_talk.moderator.id, session.get_one(Post, post), "看错了")
    assert found(any_talk, "密语乙") == [post]
    with any_talk.private.storage.session() as session:
        thread = session.get_one(Thread, any_talk.thread_of(post).thread_id)
        reviewing.hide_thread(session, any_talk.moderator.id, thread, "整题离题")
    assert found(any_talk, "密语乙") == []
