"""Pages that ask something say what it is about; pages with nothing on them say where to go from there."""

from __future__ import annotations

from lxml import html
from starlette.testclient import TestClient

from tests.portal.forum.talk import Talk
from tests.portal.people import log_in


def links(web: TestClient, path: str) -> dict[str, str]:
    """Where the links in the middle of a page lead to, by their words."""
    page = html.document_fromstring(web.get(path).text)
    return {" ".join(a.text_content().split()): a.get("href") for a in page.xpath("//main//a")}


def test_who_deletes_or_reports_sees_which_post_it_is(talk: Talk, web: TestClient) -> None:
    host, writer = talk.trusted("馆员"), talk.someone("记者")
    post = talk.begin(host, "怎样算的", "想请教**算法**")
    waiting = talk.begin(writer, "还没审的题", "还没审的话")
    log_in(web, talk.private, host)
    assert all(words in web.get(f"/forum/posts/{post}/delete").text for words in ("怎样算的", "想请教算法"))
    log_in(web, talk.private, writer)
    assert all(words in web.get(f"/forum/posts/{post}/report").text for words in ("怎样算的", "想请教算法"))
    assert all(words in web.get(f"/forum/posts/{waiting}/delete").text for words in ("还没审的题", "还没审的话"))


def test_who_replied_finds_the_way_back_to_the_discussion_while_the_reply_waits(talk: Talk, web: TestClient) -> None:
    writer = talk.someone("记者")
    post = talk.begin(talk.trusted("馆员"), "怎样算的", "想请教")
    reply = talk.reply(writer, post, "我也想")
    log_in(web, talk.private, writer)
    thread = f"/forum/threads/{talk.thread_of(post).thread_id}"
    assert links(web, f"/forum/posts/{reply}")["看讨论"] == thread
    assert links(web, "/forum/mine")["怎样算的"] == thread


def test_who_writes_is_told_before_that_a_moderator_reads_it_first(talk: Talk, web: TestClient) -> None:
    host = talk.trusted("馆员")
    data, free = talk.begin(host, "审的", "话"), talk.begin(host, "不审的", "话二", "open")
    log_in(web, talk.private, talk.someone("记者"))
    assert "有的版块先审后发" in web.get("/forum/new").text
    threads = [f"/forum/threads/{talk.thread_of(post).thread_id}" for post in (data, free)]
    assert ["管理员看过以后公开。" in web.get(f"{thread}/reply").text for thread in threads] == [True, False]


def test_a_search_without_a_hit_leads_on_to_the_whole_site(talk: Talk, web: TestClient) -> None:
    assert links(web, "/forum/search?q=没人说过")["在全站搜索"].startswith("/search?q=")


def test_the_account_page_leads_to_ones_own_posts(talk: Talk, web: TestClient) -> None:
    log_in(web, talk.private, talk.someone("记者"))
    assert links(web, "/account/")["我的帖子"] == "/forum/mine"
