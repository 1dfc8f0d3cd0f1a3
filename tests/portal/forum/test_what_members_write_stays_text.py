"""Rows 12, 27 and 46 of the threats: no script runs, no template is evaluated, nothing unseen is kept."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from lxml import html
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from etl.declaration import DeclarationError
from etl.site import Site
from portal.forum import Forum
from portal.forum.cleaning import cleaned
from portal.forum.rendering import TAGS, Reader, rendered
from portal.published import Published
from tests.portal.forum.talk import Talk
from tests.portal.forum.vectors import LOOK, NO_ADDRESSES, TEMPLATES, XSS
from tests.portal.people import log_in, send

UNSEEN = "\u202e\u202d\u2066\u2069\u200b\u200d\u200e\u2060\ufeff\u00ad\u061c\U000e0041\u3164\u180e"


@pytest.mark.browser
@pytest.mark.parametrize("guarded", [True, False], ids=["with the policy", "without the policy"])
def test_row_12_no_vector_runs_with_the_policy_or_without(
    browser: Browser, attacked: tuple[str, Talk, int], guarded: bool
) -> None:
    address, talk, waiting = attacked
    context = browser.new_context(base_url=address, bypass_csp=not guarded)
    client = httpx.Client()
    log_in(client, talk.private, talk.moderator)
    context.add_cookies([{"name": "session", "value": client.cookies["session"], "url": address}])
    page, dialogs = context.new_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    paths = [f"/forum/threads/{n}" for n in range(1, len(XSS) + 2)]
    paths += [
        "/forum/",
        "/forum/boards/data",
        "/forum/boards/data?page=2",
        "/forum/boards/data?page=3",
        "/",
        "/desk/posts/",
        "/desk/posts/reports",
        "/desk/posts/rejected",
        f"/desk/posts/?q={quote(XSS[4])}",
    ]
    paths += [f"/forum/posts/{len(XSS) + 1}/edit", f"/forum/threads/{len(XSS) + 1}/reply?quote={len(XSS) + 1}"]
    paths += [f"/desk/posts/{waiting}", "/forum/search?q=alert", "/forum/mine", f"/forum/posts/{len(XSS) + 1}/history"]
    found = {path: _looked_at(page, path) for path in paths}
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert dialogs == []
    context.close()


def _looked_at(page: Page, path: str) -> list[str]:
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    for link in page.locator(".said-here a").all():
        link.dispatch_event("mouseover")
    return list(page.evaluate(LOOK))


def test_row_12_only_tags_that_are_meant_and_links_that_may_be_come_out(talk: Talk) -> None:
    reader = Reader(talk.forum.links)
    for vector in (*XSS, "\n\n".join(XSS)):
        for piece in rendered(cleaned(vector), reader):
            assert piece.html is not None
            for element in html.fragment_fromstring(piece.html, create_parent="div").iterdescendants():
                assert element.tag in TAGS, vector
                assert set(element.attrib) <= {"href", "rel", "start"}, vector
                if element.tag == "a":
                    assert element.get("rel") == "nofollow ugc noopener"
                    assert element.get("href", "").startswith(("http://", "https://", "mailto:", "/")), vector
                    assert not element.get("href", "").startswith(("//", "/\\")), vector


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_row_28_what_no_host_can_be_read_of_is_taken_and_shown(talk: Talk, web: TestClient, text: str) -> None:
    log_in(web, talk.private, talk.moderator)
    assert (
        send(web, "/forum/new", {"board": "data", "title": text, "text": f"{text} 前\n\n后 {text}"}).status_code == 303
    )
    talk.begin(talk.someone("读者"), f"再问 {text}", f"再问 {text}")
    for path in ("/", "/forum/", "/forum/threads/1", "/forum/feed.atom", "/desk/posts/"):
        assert web.get(path).status_code == 200, path


def test_posts_hold_no_image_from_elsewhere(talk: Talk) -> None:
    (piece,) = rendered(
        "![跟踪](https://evil.example/p.png)\n<img src=https://evil.example/p.png>", Reader(talk.forum.links)
    )
    assert "<img" not in str(piece.html)


@pytest.mark.parametrize("unseen", UNSEEN)
def test_row_27_what_can_not_be_seen_is_not_kept(talk: Talk, unseen: str) -> None:
    post = talk.begin(talk.moderator, f"标{unseen}题", f"报{unseen}销{unseen}单")
    assert talk.said(post) == ["报销单"]
    assert talk.thread_of(post).title == "标题"


def test_row_27_piled_marks_are_cut_and_composed_letters_stay() -> None:
    assert cleaned("Z" + "\u0301" * 50) == unicodedata.normalize("NFC", "Z" + "\u0301" * 5)[:5]
    assert cleaned("e\u0301") == "é"


@pytest.mark.parametrize("template", TEMPLATES)
def test_row_46_templates_are_text_on_every_page(talk: Talk, web: TestClient, template: str) -> None:
    talk.begin(talk.moderator, template, f"前 {template} 后")
    log_in(web, talk.private, talk.moderator)
    for path in ("/", "/forum/", "/forum/threads/1", "/forum/posts/1/edit", "/forum/search?q=前", "/forum/mine"):
        shown = html.document_fromstring(web.get(path).text).text_content() + str(
            html.document_fromstring(web.get(path).text).xpath("//input/@value")
        )
        assert template in shown, path
        assert "前 49 后" not in shown, path
    preview = send(web, "/forum/new", {"board": "data", "title": template, "text": template, "preview": "1"})
    assert template in html.document_fromstring(preview.text).xpath("string(//div[@class='said-here'])")


@pytest.mark.parametrize("size", [20_001, 400_000])
def test_row_28_a_field_that_is_too_long_is_refused(talk: Talk, web: TestClient, size: int) -> None:
    log_in(web, talk.private, talk.moderator)
    assert send(web, "/forum/new", {"board": "data", "title": "题", "text": "a" * size}).status_code == 422


def test_row_28_control_characters_are_refused_and_the_form_comes_back_without_them(
    talk: Talk, web: TestClient
) -> None:
    log_in(web, talk.private, talk.moderator)
    assert send(web, "/forum/new", {"board": "data", "title": "题", "text": "a\x00b"}).status_code == 400
    answer = send(web, "/forum/new", {"board": "data", "title": "题\x07", "text": "a\x08b\x1b[31m"})
    assert answer.status_code == 422
    assert html.document_fromstring(answer.text).xpath("//textarea/text()")[0].strip() == "ab[31m"


def test_boards_that_are_declared_wrongly_are_told_in_words(site: Site, tmp_path: Path) -> None:
    for declared, words in (
        ([{"id": "A b", "title": "x"}], "这一项不对"),
        ([{"id": "a", "title": "x"}] * 2, "同一个 id"),
    ):
        wrong = replace(site, metadata={**site.metadata, "forum": {"boards": declared}})
        with pytest.raises(DeclarationError, match=words):
            Forum.of(wrong, Published(tmp_path), "")
    usual = Forum.of(replace(site, metadata={**site.metadata, "forum": None}), Published(tmp_path), "")
    assert [(b.id, b.review) for b in usual.boards] == [("data", True), ("notices", True), ("site", True)]
