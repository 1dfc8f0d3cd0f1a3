"""The portal as one Flask app: every route, both languages, errors, headers, the frame of each page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.exceptions import Gone
from werkzeug.routing import Rule

from etl.declaration import Collection
from etl.releasing.current import Build
from etl.site import Site
from portal.access import open_to_all
from portal.access.guard import allowed
from portal.access.needs import EVERYONE
from portal.app import create_app
from portal.forum.telling import unsubscribe_token
from portal.private import Private
from portal.published import Published
from portal.queries.asked import Asked
from portal.sections import SECTIONS
from tests.portal.asked import ask, consult
from tests.portal.forum.talk import Talk

MENU = [
    ("网站首页", "/"),
    ("组织机构", "/organisations/"),
    ("政务公开", "/affairs/"),
    ("信息公开", "/disclosure/"),
    ("政策法规", "/policies/"),
    ("科技计划", "/plans/"),
    ("公共服务", "/services/"),
    ("党务公开", "/party/"),
    ("公众参与", "/participation/"),
    ("镇江论坛", "/forum/"),
]
EXAMPLES = {
    "address": "targets",
    "row_id": "zjstb-rd-intensity.2017-321100-plan",
    "notice_id": "zjstb-zkd-2017-13",
    "collection": "zhenjiang-stb",
    "table": "target",
    "year": "2017",
    "filename": "portal.css",
    "version": "1.0.1",
    "first": "1.0.0",
    "second": "1.2.0",
    "query_id": "0123456789abcdef",
    "kind": "data",
    "number": "2026-000001",
    "consultation_id": "1",
    "board_id": "data",
    "thread_id": "1",
    "post_id": "1",
    "token": "token",
}
"""A value for each part of an address: a route with a new part needs one here, and is tested then."""


@pytest.fixture
def app(published: Published, site: Site, private: Private) -> Flask:
    return create_app(published, site, private)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def whole(released: Published, site: Site, private: Private) -> tuple[Flask, dict[str, str]]:
    """The portal with releases and storage, and examples for its addresses: a query, a request, a post."""
    app = create_app(released, site, private)
    key = app.extensions["queries"].store(Asked(EXAMPLES["collection"], "1.0.0", "select name from target", {}))
    talk = Talk.over(released, site, private)
    post = {"post_id": str(talk.begin(talk.moderator, "标题", "正文")), "thread_id": "1"}
    token = unsubscribe_token(talk.forum, talk.moderator.id, 1)
    kept = {"number": ask(private).number, "consultation_id": str(consult(private)), "token": token, **post}
    return app, {**EXAMPLES, "query_id": key, **kept}


def paths(app: Flask, examples: dict[str, str] = EXAMPLES) -> list[str]:
    """The address of every route that everybody may read, with examples for its parts."""
    adapter = app.url_map.bind("localhost")
    with app.app_context():
        rules = [r for r in app.url_map.iter_rules() if not r.endpoint.startswith("security.") and reads(r)]
    return sorted(adapter.build(r.endpoint, {a: examples[a] for a in r.arguments}) for r in rules)


def reads(rule: Rule) -> bool:
    """Whether everybody may read what stands there."""
    return "GET" in (rule.methods or ()) and EVERYONE in allowed(rule.endpoint, "GET")


def page(client: FlaskClient, path: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(path).text)


def status(client: FlaskClient, path: str, method: str = "GET") -> int:
    """The status at the end of all redirects."""
    with client.open(path, method=method, follow_redirects=True) as answer:
        return int(answer.status_code)


def test_every_route_answers_in_both_languages(whole: tuple[Flask, dict[str, str]]) -> None:
    client = whole[0].test_client()
    answers = {p: status(client, p) for r in paths(*whole) for p in (r, "/en" + r)}
    assert answers == dict.fromkeys(answers, 200)


def test_head_works_wherever_get_does(whole: tuple[Flask, dict[str, str]]) -> None:
    client = whole[0].test_client()
    assert {status(client, p, "HEAD") for p in paths(*whole)} == {200}


def test_the_addresses_of_the_contract_are_there(app: Flask) -> None:
    assert paths(app) == [
        "/",
        "/about",
        "/account/favourites",
        "/affairs/",
        "/catalogue/",
        "/catalogue/zhenjiang-stb/",
        "/catalogue/zhenjiang-stb/target",
        "/disclosure/",
        "/favicon.ico",
        "/forum/",
        "/forum/about",
        "/forum/boards/data",
        "/forum/posts/1",
        "/forum/posts/1/history",
        "/forum/search",
        "/forum/threads/1",
        "/forum/unsubscribe/token",
        "/notices/",
        "/notices/zjstb-zkd-2017-13",
        "/notices/zjstb-zkd-2017-13@1.0.1",
        "/organisations/",
        "/participation/",
        "/participation/consultations/",
        "/participation/consultations/1",
        "/participation/new/data",
        "/participation/requests/",
        "/participation/requests/2026-000001",
        "/participation/track",
        "/party/",
        "/plans/",
        "/plans/2017",
        "/policies/",
        "/q/",
        "/q/0123456789abcdef",
        "/quality/",
        "/quality/fair",
        "/quality/practices",
        "/releases/",
        "/releases/zhenjiang-stb/",
        "/releases/zhenjiang-stb/1.0.0...1.2.0",
        "/releases/zhenjiang-stb/1.0.1/",
        "/releases/zhenjiang-stb/compare",
        "/search",
        "/services/",
        "/static/portal.css",
        "/targets/",
        "/targets/",
        "/targets/zjstb-rd-intensity.2017-321100-plan",
        "/targets/zjstb-rd-intensity.2017-321100-plan/history",
        "/targets/zjstb-rd-intensity.2017-321100-plan@1.0.1",
    ]


def test_the_menu_has_the_ten_sections_in_their_order(client: FlaskClient) -> None:
    links = page(client, "/").xpath("//nav[@class='menu']//a")
    assert [(a.text, a.get("href")) for a in links] == MENU


def test_the_section_that_is_open_is_marked(client: FlaskClient) -> None:
    for title, path in MENU:
        current = page(client, path).xpath("//nav[@class='menu']//a[@aria-current]")
        assert [a.text for a in current] == [title], path


def test_english_pages_link_to_english_pages(client: FlaskClient) -> None:
    links = page(client, "/en/plans/").xpath("//nav[@class='menu']//a/@href")
    assert links == ["/en" + path for _, path in MENU]
    assert page(client, "/en/plans/").get("lang") == "en"


def test_each_page_links_to_itself_in_the_other_language(client: FlaskClient) -> None:
    chinese, english = page(client, "/search?q=研发"), page(client, "/en/search?q=研发")
    assert chinese.xpath("//a[@hreflang='en']/@href") == ["/en/search?q=%E7%A0%94%E5%8F%91"]
    assert english.xpath("//a[@hreflang='zh-CN']/@href") == ["/search?q=%E7%A0%94%E5%8F%91"]
    assert english.xpath("//link[@rel='alternate']/@hreflang") == ["zh-CN", "en", "x-default"]


def test_the_address_of_english_without_a_slash_leads_on(client: FlaskClient) -> None:
    answer = client.get("/en")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/en/")


def test_a_site_in_chinese_alone_has_no_english_pages(published: Published, site: Site, private: Private) -> None:
    metadata = {**site.metadata, "site": {**site.metadata["site"], "languages": ["zh"]}}
    client = create_app(published, replace(site, metadata=metadata), private).test_client()
    assert client.get("/en/plans/").status_code == 404
    assert page(client, "/").xpath("//a[@hreflang='en']") == []


def test_the_type_size_is_kept_by_links_without_script_or_cookie(client: FlaskClient) -> None:
    large = page(client, "/plans/?size=l")
    assert large.get("class") == "size-l"
    assert large.xpath("//nav[@class='menu']//a/@href")[1] == "/organisations/?size=l"
    assert large.xpath("//ul[@class='sizes']//a/@href") == ["/plans/?size=s", "/plans/", "/plans/?size=l"]
    assert page(client, "/plans/?size=huge").get("class") == "size-m"


def test_an_unofficial_site_says_so_on_every_page(app: Flask, client: FlaskClient) -> None:
    for path in [*paths(app), "/no/such/page"]:
        with client.get(path, follow_redirects=True) as answer:
            assert answer.mimetype != "text/html" or "非官方网站" in answer.text, path


def test_an_official_site_does_not(published: Published, site: Site, private: Private) -> None:
    client = create_app(published, replace(site, official=True), private).test_client()
    assert "非官方" not in client.get("/").text


def test_a_page_that_is_not_there_says_what_to_do(client: FlaskClient) -> None:
    for path in (
        "/nothing",
        "/nothing/here",
        "/targets/none",
        "/notices/none",
        "/plans/1999",
        "/plans/99999999999999999999",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "没有这个页面" in answer.text
        assert "搜索全站" in answer.text


def test_errors_speak_the_language_of_the_address(client: FlaskClient) -> None:
    assert "There is no such page" in client.get("/en/targets/none").text


def test_a_method_that_is_not_taken_is_refused_plainly(client: FlaskClient) -> None:
    answer = client.post("/plans/")
    assert (answer.status_code, "这个网址不接受这种请求" in answer.text) == (405, True)


def test_what_is_withdrawn_answers_gone_with_its_reason(app: Flask) -> None:
    @open_to_all
    def withdrawn() -> str:
        raise Gone("这一行已并入另一行。")

    app.add_url_rule("/withdrawn", view_func=withdrawn)
    answer = app.test_client().get("/withdrawn")
    assert answer.status_code == 410
    assert "这一项已经撤下" in answer.text
    assert "这一行已并入另一行。" in answer.text


def test_a_failure_of_ours_shows_a_page_and_no_traceback(app: Flask) -> None:
    @open_to_all
    def failing() -> str:
        raise RuntimeError("internal detail")

    app.add_url_rule("/failing", view_func=failing)
    answer = app.test_client().get("/failing")
    assert answer.status_code == 500
    assert "网站出了差错" in answer.text
    assert "internal detail" not in answer.text
    assert "Traceback" not in answer.text


def test_before_anything_is_built_every_section_says_so(tmp_path: Path, site: Site, private: Private) -> None:
    client = create_app(Published(tmp_path), site, private).test_client()
    assert "make run" in client.get("/").text
    assert {client.get(path).status_code for _, path in MENU} == {200}


def test_a_collection_without_notices_is_shown_in_the_catalogue(
    tmp_path: Path, site: Site, second: Collection, publish: Callable[..., Build], private: Private
) -> None:
    indicators = replace(second, tables=(second.table("indicator"),))
    row = {"indicator_id": "qhx-forest", "slug": "forest", "name": "森林覆盖率", "unit": "%", "status": "accepted"}
    descriptor = {
        **second.descriptor,
        "resources": [r for r in second.descriptor["resources"] if r["name"] == "indicator"],
    }
    publish(tmp_path, replace(indicators, descriptor=descriptor), {"indicator": [row]}, {})
    client = create_app(Published(tmp_path), site, private).test_client()
    assert "森林覆盖率" in client.get("/catalogue/qinghe-joint/indicator").text
    assert "森林覆盖率" in client.get("/indicators/qhx-forest").text
    assert {client.get(path).status_code for _, path in MENU} == {200}


def test_pages_may_load_nothing_from_elsewhere_and_nothing_inline(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_static_files_are_kept_as_long_as_their_content_stays(client: FlaskClient) -> None:
    sheet = page(client, "/en/").xpath("//link[@rel='stylesheet']/@href")[0]
    assert sheet.startswith("/static/portal.css?v=")
    with client.get(sheet) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_page_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/plans/")
    again = client.get("/plans/", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.headers["Cache-Control"], again.status_code, again.data) == ("no-cache", 304, b"")


def test_a_notice_says_what_the_rules_for_government_sites_ask(client: FlaskClient) -> None:
    metas = page(client, "/notices/zjstb-zkd-2017-13").xpath("//meta[@name]")
    found = {m.get("name"): m.get("content") for m in metas}
    assert found["SiteName"] == "镇江科技公文数据"
    assert found["SiteDomain"] == "127.0.0.1:8000"
    assert found["ColumnName"] == "公文"
    assert found["ArticleTitle"] == "关于印发2017年工作要点的通知"
    assert found["ContentSource"] == "镇江市科学技术局"
    assert "SiteIDCode" not in found


def test_each_section_has_a_name_and_says_what_it_holds() -> None:
    names = [s.name for s in SECTIONS]
    assert len(set(names)) == len(names)
    assert all(str(s.title) and str(s.about) for s in SECTIONS)


def test_the_code_names_no_city() -> None:
    folder = Path(create_app.__code__.co_filename).parent
    files = [*folder.rglob("sections/**/*.*"), *folder.rglob("frame/*.py"), *folder.rglob("templates/**/*.html")]
    texts = {f: f.read_text("utf-8") for f in files if f.suffix in (".py", ".html")}
    assert [f for f, text in texts.items() if "镇江" in text or "Zhenjiang" in text] == []
