"""The pages of the forum as guests and members use them, without script."""

from __future__ import annotations

from lxml import html
from starlette.testclient import TestClient

from portal.forum import posting, telling
from portal.storage.forum import Post
from tests.portal.bureau import LATER, PAGE, ROW
from tests.portal.forum.talk import Talk
from tests.portal.people import log_in, log_out, send, token_of

TARGET = f"/targets/{LATER}"


def page(web: TestClient, path: str, status: int = 200) -> html.HtmlElement:
    answer = web.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(e.text_content().split()) for e in element.xpath(path)]


def test_a_member_begins_a_thread_about_a_row_and_a_moderator_lets_it_through(talk: Talk, web: TestClient) -> None:
    log_in(web, talk.private, talk.someone("记者"))
    form = page(web, f"/forum/new?about={TARGET}")
    assert form.xpath("//input[@name='about']/@value") == [TARGET]
    told = {"board": "data", "title": "口径", "text": f"与这一行相比：\n\n{PAGE}@1.0.0", "about": TARGET}
    answer = send(web, "/forum/new", told)
    assert (answer.status_code, answer.headers["location"]) == (303, "/forum/posts/1")
    assert words(page(web, "/forum/posts/1"), "//h1") == ["已收到您的帖子"]
    assert web.get("/forum/threads/1").status_code == 404
    talk.approve(1)
    log_out(web)
    assert web.get("/forum/posts/1").headers["location"] == "/forum/threads/1#post-1"
    thread = page(web, "/forum/threads/1")
    assert words(thread, "//div[contains(@class, 'row-card')]/p[2]") == [
        "=新的目标 2.7% 2018",
        "农业科技进步贡献率 66.6% 2017",
    ]
    assert words(thread, "//div[contains(@class, 'row-card')]/p[1]")[1] == "目标 · 版本 1.0.0"


def test_the_row_shows_what_is_said_about_it_and_its_home_page_too(talk: Talk, web: TestClient) -> None:
    host = talk.trusted("馆员")
    talk.begin(host, "这一行的口径", about=TARGET)
    talk.begin(talk.someone("新人"), "还没审的标题", about=TARGET)
    row = page(web, TARGET)
    assert words(row, "//section[@class='discussion']//li/a") == ["这一行的口径"]
    assert row.xpath("//section[@class='discussion']/p/a/@href") == [f"/forum/new?about={TARGET}"]
    assert words(page(web, "/"), "//section[@aria-labelledby='threads']//li/a") == ["这一行的口径"]
    assert words(page(web, f"/forum/about?of={TARGET}"), "//ol[@class='entries']//a") == ["这一行的口径"]


def test_a_notice_shows_the_threads_about_its_rows_and_a_table_its_own(talk: Talk, web: TestClient) -> None:
    host = talk.trusted("馆员")
    talk.begin(host, "第八项任务", about="/tasks/zjstb-zkd-2017-13.t08")
    talk.begin(host, "目标表的列", about="/en/catalogue/zhenjiang-stb/target")
    assert words(page(web, "/notices/zjstb-zkd-2017-13"), "//section[@class='discussion']//li/a") == ["第八项任务"]
    table = page(web, "/catalogue/zhenjiang-stb/target")
    assert words(table, "//section[@class='discussion']//li/a") == ["目标表的列"]
    assert words(page(web, "/catalogue/zhenjiang-stb/"), "//section[@class='discussion']//li/a") == []


def test_a_link_without_a_version_shows_the_row_as_it_was_when_it_was_posted(talk: Talk, web: TestClient) -> None:
    post = talk.begin(talk.trusted("馆员"), "钉住", f"见 {TARGET} 一行。\n\nhttp://127.0.0.1:8000/en{TARGET}")
    with talk.private.storage.session() as session:
        pins = posting.newest(session, session.get_one(Post, post)).pins
        assert pins == {TARGET: talk.forum.published.collection("zhenjiang-stb").build.version}  # type: ignore[union-attr]
    thread = page(web, "/forum/threads/1")
    assert len(thread.xpath("//div[contains(@class, 'row-card')]")) == 1
    assert words(thread, "//div[@class='said-here']//p")[0] == "见 =新的目标 一行。"


def test_a_link_to_a_withdrawn_row_shows_a_tombstone_and_one_to_its_last_version_the_row(
    talk: Talk, web: TestClient
) -> None:
    talk.begin(talk.trusted("馆员"), "撤回的", f"{PAGE}\n\n{PAGE}@1.0.0\n\n/targets/zjstb-no-such-row")
    cards = page(web, "/forum/threads/1").xpath("//div[contains(@class, 'row-card')]")
    gone, kept = (" ".join(c.text_content().split()) for c in cards)
    assert gone.startswith(f"已撤回 {ROW} 这一行在 ")
    assert "原文说的不是目标" in gone
    assert "这一行此后已经撤回。" in kept
    assert "66.6%" in kept


def test_english_pages_link_to_english_rows_and_keep_the_language(talk: Talk, web: TestClient) -> None:
    talk.begin(talk.trusted("馆员"), "语言", f"看 {TARGET}，也看\n\n{PAGE}@1.0.0")
    thread = page(web, "/en/forum/threads/1")
    hrefs = thread.xpath("//div[@class='said-here']//a/@href")
    assert hrefs and all(h.startswith("/en/targets/") for h in hrefs)
    assert web.get("/en/forum/posts/1").headers["location"] == "/en/forum/threads/1#post-1"


def test_a_thread_has_pages_and_a_link_to_a_post_leads_to_its_own(talk: Talk, web: TestClient) -> None:
    first = talk.begin(talk.moderator, "很长", "首帖")
    posts = [talk.reply(talk.moderator, first, f"第 {n} 帖") for n in range(2, 46)]
    talk.hide(posts[0])
    assert web.get(f"/forum/posts/{posts[-1]}").headers["location"] == f"/forum/threads/1?page=3#post-{posts[-1]}"
    last = page(web, "/forum/threads/1?page=3")
    assert words(last, "//article[@class='post']//p/span[1]") == ["#41", "#42", "#43", "#44", "#45"]
    assert last.xpath("//nav[@class='pager']/a/@href") == ["/forum/threads/1?page=2"]


def test_a_preview_keeps_nothing_and_shows_the_post_as_it_would_be(talk: Talk, web: TestClient) -> None:
    log_in(web, talk.private, talk.someone("记者"))
    told = {"board": "open", "title": "预览", "text": f"**粗**\n\n{TARGET}", "preview": "1"}
    answer = send(web, "/forum/new", told)
    shown = html.document_fromstring(answer.text)
    assert words(shown, "//section[@class='preview-of']//strong") == ["粗"]
    assert words(shown, "//section[@class='preview-of']//div[contains(@class, 'row-card')]/p[2]") == [
        "=新的目标 2.7% 2018"
    ]
    assert shown.xpath("//textarea/text()")[0].strip() == told["text"]
    assert shown.xpath("//option[@selected]/@value") == ["open"]
    assert web.get("/forum/posts/1").status_code == 404


def test_a_refused_post_comes_back_in_its_form_whatever_the_reason(talk: Talk, web: TestClient) -> None:
    log_in(web, talk.private, talk.someone("记者"))
    long = "长" * 20_001
    refused = send(web, "/forum/new", {"board": "data", "title": "标题", "text": long})
    assert refused.status_code == 422
    assert html.document_fromstring(refused.text).xpath("//textarea/text()")[0].strip() == long
    for n in range(3):
        assert send(web, "/forum/new", {"board": "data", "title": f"标题{n}", "text": f"正文{n}"}).status_code == 303
    limited = send(web, "/forum/new", {"board": "data", "title": "第四", "text": "写了很久"})
    assert limited.status_code == 429
    form = html.document_fromstring(limited.text)
    assert form.xpath("//textarea/text()")[0].strip() == "写了很久"
    assert form.xpath("//input[@name='title']/@value") == ["第四"]
    assert "最多开 3 个讨论" in words(form, "//div[@role='alert']")[0]


def test_an_expired_log_in_or_an_old_form_loses_no_text(talk: Talk, web: TestClient) -> None:
    user = talk.someone("记者")
    log_in(web, talk.private, user)
    old = token_of(web, "/forum/new")
    log_out(web)
    told = {"csrf_token": old, "board": "data", "title": "标题", "text": "写了一上午"}
    for _ in range(2):
        answer = web.post("/forum/new", data=told)
        form = html.document_fromstring(answer.text)
        assert form.xpath("//textarea/text()")[0].strip() == "写了一上午"
        told["csrf_token"] = form.xpath("//form[@method='post']//input[@name='csrf_token']/@value")[-1]
    assert answer.status_code == 403
    assert form.xpath("//div[@role='alert']//a/@href") == ["/account/login"]
    log_in(web, talk.private, user)
    again = web.post("/forum/new", data=told)
    assert again.status_code == 400
    form = html.document_fromstring(again.text)
    told["csrf_token"] = form.xpath("//form[@method='post']//input[@name='csrf_token']/@value")[-1]
    assert web.post("/forum/new", data=told).status_code == 303


def test_a_quote_names_the_author_and_links_to_the_post(talk: Talk, web: TestClient) -> None:
    post = talk.begin(talk.trusted("馆员"), "引", "一行\n二行")
    log_in(web, talk.private, talk.someone("记者"))
    form = page(web, f"/forum/threads/1/reply?quote={post}")
    assert form.xpath("//textarea/text()")[0] == "\n> 馆员：[#1](/forum/posts/1)\n>\n> 一行\n> 二行\n\n"


def test_edits_are_visible_with_what_each_changed(talk: Talk, web: TestClient) -> None:
    host = talk.trusted("馆员")
    post = talk.begin(host, "题", "达到2.65%")
    talk.edit(host, post, "达到2.7%", "题")
    assert page(web, "/forum/threads/1").xpath("//a[@href='/forum/posts/1/history']")
    history = page(web, "/forum/posts/1/history")
    assert (words(history, "//del"), words(history, "//ins")) == (["65"], ["7"])
    assert words(history, "//p[@class='wording']") == ["达到2.657%", "达到2.65%"]


def test_a_member_deletes_reports_follows_and_sees_their_own(talk: Talk, web: TestClient) -> None:
    host, reader = talk.trusted("馆员"), talk.someone("读者")
    post = talk.begin(host, "题", "首帖")
    own = talk.approve(talk.reply(reader, post, "回复"))
    log_in(web, talk.private, reader)
    assert send(web, f"/forum/posts/{post}/report", {"words": "广告"}).status_code == 200
    assert send(web, f"/forum/posts/{post}/report", {"words": ""}).status_code == 422
    assert send(web, "/forum/threads/1/follow", page="/forum/threads/1").status_code == 303
    assert words(page(web, "/forum/mine"), "//section//ul//a") == ["题"]
    send(web, "/forum/threads/1/follow", {"stop": "1"}, page="/forum/threads/1")
    mine = html.document_fromstring(send(web, "/forum/mine", {}).text)
    assert (words(mine, "//section//ul//a"), mine.xpath("//input[@name='mentions']/@checked")) == ([], [])
    assert send(web, f"/forum/posts/{own}/delete").status_code == 303
    assert words(page(web, "/forum/threads/1"), "//p[@class='tombstone']") == ["这一帖由作者删除。"]


def test_a_guest_is_asked_to_log_in_and_comes_back(talk: Talk, web: TestClient) -> None:
    talk.begin(talk.trusted("馆员"), "题", "首帖")
    answer = web.get("/forum/threads/1/reply")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/login?next=/forum/threads/1/reply")


def test_reading_sets_no_cookie_and_is_drawn_for_members_alone(talk: Talk, web: TestClient) -> None:
    talk.begin(talk.trusted("馆员"), "题", "首帖")
    for path in ("/forum/", "/forum/threads/1", "/forum/boards/data", "/forum/search?q=题"):
        answer = web.get(path)
        assert "set-cookie" not in answer.headers, path
        assert answer.headers["cache-control"] == "no-cache", path
    log_in(web, talk.private, talk.someone("读者"))
    assert web.get("/forum/threads/1").headers["cache-control"] == "private, no-store"


def test_a_hidden_thread_says_so_and_what_never_was_is_not_found(talk: Talk, web: TestClient) -> None:
    post = talk.begin(talk.trusted("馆员"), "题", "密语")
    talk.hide(post)
    assert words(page(web, "/forum/threads/1", 410), "//h1") == ["这个讨论已经隐藏"]
    for path in (
        "/forum/threads/9",
        "/forum/posts/9",
        "/forum/posts/1/history",
        "/forum/boards/none",
        "/forum/about?of=/x",
    ):
        assert web.get(path).status_code == 404, path


def test_posts_are_found_by_their_words(talk: Talk, web: TestClient) -> None:
    talk.begin(talk.trusted("馆员"), "研发", "全社会研发投入")
    found = page(web, "/forum/search?q=研发投入")
    assert found.xpath("//ol[@class='entries']//a/@href") == ["/forum/posts/1"]
    assert "没有帖子" in web.get("/forum/search?q=没有的词").text


def test_the_unsubscribe_link_asks_first_and_works_without_a_log_in(talk: Talk, web: TestClient) -> None:
    host = talk.trusted("馆员")
    talk.begin(host, "题", "首帖")
    token = telling.unsubscribe_token(talk.forum, host.id, 1)
    assert words(page(web, f"/forum/unsubscribe/{token}"), "//form//button")[-1] == "停收"
    assert "已经停了" in web.post(f"/forum/unsubscribe/{token}").text
    assert web.get(f"/forum/unsubscribe/{token}x").status_code == 404
