"""Crawlers are told of the discussions that everybody may read, and of no others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import etree
from starlette.testclient import TestClient

from portal.forum import mapping, reviewing
from portal.storage.forum import Thread
from tests.portal.forum.talk import Talk

SITE = "http://127.0.0.1:8000"


def read(web: TestClient, path: str) -> dict[str, str]:
    """The addresses of a sitemap with when they changed."""
    tree = etree.fromstring(web.get(path).content)
    return {str(entry[0].text): str(entry[1].text) if len(entry) > 1 else "" for entry in tree}


def test_only_discussions_with_a_public_post_are_mapped(talk: Talk, web: TestClient) -> None:
    assert f"{SITE}/sitemaps/forum-1.xml" not in read(web, "/sitemap.xml")
    writer, host = talk.someone("记者"), talk.trusted("馆员")
    shown = talk.approve(talk.begin(writer, "公开", "话"))
    talk.begin(writer, "等着", "话二")
    talk.reject(talk.begin(writer, "被退", "话三"))
    talk.hide(talk.begin(host, "隐去", "话四"))
    talk.remove(talk.begin(host, "删去", "话五"))
    locked_away = talk.begin(host, "整个隐去", "话六")
    with talk.private.storage.session() as session:
        hidden = session.get_one(Thread, talk.thread_of(locked_away).thread_id)
        reviewing.hide_thread(session, talk.moderator.id, hidden, "离题")
    assert f"{SITE}/sitemaps/forum-1.xml" in read(web, "/sitemap.xml")
    found = read(web, "/sitemaps/forum-1.xml")
    assert list(found) == [f"{SITE}/forum/threads/{talk.thread_of(shown).thread_id}"]
    assert web.get(next(iter(found))).status_code == 200


def test_a_discussion_changes_with_its_newest_shown_wording(any_talk: Talk) -> None:
    host = any_talk.trusted("馆员")
    post = any_talk.begin(host, "讨论", "话")
    other = any_talk.begin(host, "别的", "话二")
    any_talk.pass_time(timedelta(days=3))
    any_talk.edit(host, post, "改过的话", "讨论")
    any_talk.pass_time(timedelta(days=1))
    any_talk.reply(any_talk.someone("记者"), post, "还没审的话")
    with any_talk.private.storage.session() as session:
        changed = dict(mapping.threads(session, 10))
        assert mapping.count(session) == 2
        assert mapping.threads(session, 1, 1) == [(any_talk.thread_of(other).thread_id, changed[2])]
    ages = {thread: (changed[1] - at).days for thread, at in changed.items()}
    assert ages == {1: 0, 2: 3}


@pytest.mark.parametrize("name", ["forum-0", "forum-1", "forum-99999", "forum-x", "forum"])
def test_where_there_is_nothing_to_map_it_is_said(web: TestClient, name: str) -> None:
    answer = web.get(f"/sitemaps/{name}.xml")
    assert (answer.status_code, answer.json()["error"]) == (404, "没有这个站点地图。")
