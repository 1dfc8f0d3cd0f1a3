"""Rows 41 and 44 of the threats: what was not let through stands in no output; nobody reaches what is not theirs."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.portal.bureau import LATER
from tests.portal.forum.talk import Talk
from tests.portal.people import log_in, log_out, send, token_of

TARGET = f"/targets/{LATER}"
UNREAD = "未审密语"
OUTPUTS = (
    "/",
    "/forum/",
    "/forum/boards/data",
    "/forum/boards/open",
    "/forum/threads/1",
    "/forum/threads/2",
    "/forum/threads/3",
    "/forum/threads/4",
    f"/forum/about?of={TARGET}",
    "/forum/search?q=审密",
    "/forum/search?q=公开",
    "/forum/posts/1/history",
    "/forum/posts/2/history",
    "/forum/posts/3/history",
    "/forum/posts/4/history",
    "/forum/posts/5/history",
    "/forum/posts/1",
    "/forum/posts/5",
    "/forum/feed.atom",
    "/forum/boards/data/feed.atom",
    "/forum/boards/open/feed.atom",
    "/forum/threads/1/feed.atom",
    "/forum/threads/2/feed.atom",
    "/forum/threads/3/feed.atom",
    "/forum/threads/4/feed.atom",
    TARGET,
    f"{TARGET}.json",
    f"{TARGET}.jsonld",
    "/search?q=审密",
    "/search.json?q=审密",
    "/feed.atom",
    "/sitemap.xml",
    "/sitemaps/forum-1.xml",
    "/catalogue/zhenjiang-stb/",
    "/notices/zjstb-zkd-2017-13",
)


@pytest.fixture
def crowd(talk: Talk) -> Talk:
    """Threads in which every way to show something that was not let through has been tried."""
    writer, host = talk.someone("记者"), talk.trusted("馆员")
    shown = talk.approve(talk.begin(writer, "公开的题", "公开的话", about=TARGET))
    talk.edit(writer, shown, f"改成{UNREAD}", f"改题{UNREAD}")
    talk.begin(writer, f"新题{UNREAD}", f"新话{UNREAD}", about=TARGET)
    rejected = talk.begin(talk.someone("被拒的"), f"拒题{UNREAD}", f"拒话{UNREAD}", about=TARGET)
    talk.reject(rejected)
    hidden = talk.begin(host, f"隐题{UNREAD}", f"隐话{UNREAD}", "open", TARGET)
    talk.hide(hidden)
    talk.reply(talk.someone("回复的"), shown, f"回复{UNREAD}")
    quoted = talk.reply(host, shown, "公开的回复")
    talk.edit(host, quoted, f"误发{UNREAD}")
    talk.hide(quoted)
    return talk


def test_row_44_unreviewed_text_stands_in_no_output_for_guests(crowd: Talk, web: TestClient) -> None:
    for path in OUTPUTS:
        for prefix in ("", "/en"):
            answer = web.get(prefix + path)
            assert answer.status_code < 500, prefix + path
            assert UNREAD not in answer.text, prefix + path
    thread = web.get("/forum/threads/1").text
    assert "公开的话" in thread
    assert "1 帖" in thread


def test_row_44_nor_for_other_members_and_its_author_sees_it_on_their_own_pages_alone(
    crowd: Talk, web: TestClient
) -> None:
    log_in(web, crowd.private, crowd.someone("旁人"))
    for path in OUTPUTS:
        assert UNREAD not in web.get(path).text, path
    assert UNREAD not in web.get("/forum/threads/1/reply?quote=1").text
    assert UNREAD not in web.get("/forum/threads/1/reply?quote=2").text


def test_row_41_posts_of_others_can_not_be_seen_edited_or_deleted(crowd: Talk, web: TestClient) -> None:
    log_in(web, crowd.private, crowd.someone("旁人"))
    token = token_of(web, "/forum/new")
    for post in range(1, 7):
        for path in (f"/forum/posts/{post}/edit", f"/forum/posts/{post}/delete"):
            assert web.get(path).status_code == 404, path
            told = {"csrf_token": token, "text": "被人改了", "title": "改"}
            assert web.post(path, data=told).status_code == 404, path
    waiting = [p for p in range(1, 7) if crowd.state(p) in ("waiting", "rejected")]
    assert waiting
    for post in waiting:
        assert web.get(f"/forum/posts/{post}").status_code == 404
        assert web.get(f"/forum/posts/{post}/report").status_code == 404
    assert "公开的话" in web.get("/forum/threads/1").text


def test_row_41_moderation_is_for_moderators_with_a_second_factor_alone(crowd: Talk, web: TestClient) -> None:
    pages = ["/desk/posts/", "/desk/posts/reports", "/desk/posts/hidden", "/desk/posts/log", "/desk/posts/1"]
    pages += ["/desk/posts/threads/1", f"/desk/posts/members/{crowd.moderator.id}"]
    for path in pages:
        assert web.get(path).status_code == 303, path
    log_in(web, crowd.private, crowd.someone("旁人"))
    token = token_of(web, "/forum/new")
    for path in pages:
        assert web.get(path).status_code == 403, path
        answer = web.post(
            path, data={"csrf_token": token, "act": "hide", "reason": "x", "version": "1", "approve": "1"}
        )
        assert answer.status_code in (403, 405), path
    log_out(web)
    log_in(web, crowd.private, crowd.moderator, strong=False)
    for path in pages:
        assert web.get(path).status_code == 303, path
    assert crowd.state(1) == "shown"


def test_a_reply_can_not_be_slipped_into_a_locked_hidden_or_waiting_thread(crowd: Talk, web: TestClient) -> None:
    log_in(web, crowd.private, crowd.someone("旁人"))
    token = token_of(web, "/forum/new")
    for thread in (2, 3, 4, 99, 2**40):
        answer = web.post(f"/forum/threads/{thread}/reply", data={"csrf_token": token, "text": "混进去"})
        assert answer.status_code == 404, thread


def test_a_moderators_day_on_the_pages_of_the_desk(crowd: Talk, web: TestClient) -> None:
    log_in(web, crowd.private, crowd.moderator)
    queue = web.get("/desk/posts/").text
    assert UNREAD in queue
    assert "3 帖等待审核" in queue
    assert send(web, "/desk/posts/", {"reject": "1"}).status_code == 422
    assert send(web, "/desk/posts/", {"version": "2", "reject": "1"}).status_code == 422
    assert send(web, "/desk/posts/", {"version": "2", "reject": "1", "reason": "离题"}).status_code == 200
    assert send(web, "/desk/posts/1", {"act": "hide", "reason": ""}).status_code == 422
    assert send(web, "/desk/posts/1", {"act": "hide", "reason": "广告"}).status_code == 303
    assert crowd.state(1) == "hidden"
    assert send(web, "/desk/posts/1", {"act": "restore", "reason": "看错"}).status_code == 303
    for act in ("lock", "unlock", "pin", "unpin", "hide", "restore"):
        assert send(web, "/desk/posts/threads/1", {"act": act, "reason": "试"}).status_code == 303
    assert send(web, "/desk/posts/threads/1", {"act": "move", "board": "open", "reason": "试"}).status_code == 303
    assert crowd.thread_of(1).board == "open"
    author = crowd.thread_of(1).user_id
    for act in ("trust", "distrust", "mute", "unmute"):
        assert send(web, f"/desk/posts/members/{author}", {"act": act, "reason": "试"}).status_code == 303
    assert send(web, "/desk/posts/", {"mute": str(author), "reason": "广告"}).status_code == 200
    log = web.get("/desk/posts/log").text
    for action in ("退回帖子", "隐藏帖子", "恢复帖子", "锁定讨论", "移动讨论", "停止发言"):
        assert action in log, action
    assert "离题" in log
