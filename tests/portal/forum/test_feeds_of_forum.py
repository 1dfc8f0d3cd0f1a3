"""Atom feeds of all boards, of one, of a thread: shown posts alone, each once, under an id that lasts."""

from __future__ import annotations

from xml.etree import ElementTree

from starlette.testclient import TestClient

from tests.portal.forum.talk import Talk

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(web: TestClient, path: str) -> list[tuple[str | None, ...]]:
    answer = web.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    tags = ("a:title", "a:author/a:name", "a:content")
    return [tuple(e.findtext(tag, namespaces=ATOM) for tag in tags) for e in feed.findall("a:entry", ATOM)]


def test_feeds_hold_shown_posts_with_the_newest_first(talk: Talk, web: TestClient) -> None:
    host = talk.trusted("馆员")
    first = talk.begin(host, "题 <b>", "话 **一** <i>")
    talk.begin(host, "别题", "话二", "open")
    talk.reply(talk.someone("新人"), first, "没审")
    one, two = ("题 <b>", "馆员", "话 一 <i>"), ("别题", "馆员", "话二")
    assert entries(web, "/forum/feed.atom") == [two, one]
    assert entries(web, "/forum/boards/data/feed.atom") == [one]
    assert entries(web, "/forum/threads/2/feed.atom") == [two]
    for path in (
        "/forum/threads/9/feed.atom",
        f"/forum/threads/{2**40}/feed.atom",
        f"/forum/threads/{'9' * 5000}/feed.atom",
        "/forum/boards/none/feed.atom",
    ):
        assert web.get(path).status_code == 404
    strange = web.get("/forum/threads/none,2/feed.atom")
    assert (strange.status_code, strange.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_a_feed_says_when_it_changed_and_a_copy_that_is_good_is_not_sent_again(talk: Talk, web: TestClient) -> None:
    post = talk.begin(talk.trusted("馆员"), "题", "话")
    got = web.get("/forum/feed.atom")
    feed = ElementTree.fromstring(got.content)  # noqa: S314 - our own
    ids = [e.text for e in feed.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(set(ids)) == 2
    assert web.get("/forum/feed.atom", headers={"If-None-Match": got.headers["etag"]}).status_code == 304
    talk.reply(talk.moderator, post, "答")
    assert web.get("/forum/feed.atom", headers={"If-None-Match": got.headers["etag"]}).status_code == 200
