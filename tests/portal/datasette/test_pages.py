"""Datasette's pages as people meet them: in Chinese, with the prefix right, without anything of the instance."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from etl.declaration import Collection, DeclarationError
from etl.releasing.current import Build
from etl.site import Site
from portal.asgi import create
from portal.datasette import make_datasette
from portal.private import Private
from portal.published import Published

DB = "/data/zhenjiang-stb"
ROW = f"{DB}/target/zjstb-zkd-2017-13~2Eagri-progress-share"
ELSEWHERE = ("datasette.io", "creativecommons.org", "example.org")


def links(page: str) -> set[str]:
    """What a page links to or loads."""
    return {unescape(u) for u in re.findall(r'(?:href|src|action)="([^"]+)"', page)}


def test_every_link_leads_somewhere_with_the_prefix_once(client: TestClient) -> None:
    waiting, seen = ["/data/"], set()
    while waiting and len(seen) < 400:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code in (200, 302), path
        if answer.status_code == 302:
            waiting.append(answer.headers["location"])
        if "html" not in answer.headers.get("content-type", ""):
            continue
        for link in links(answer.text):
            url = urlsplit(urljoin(path, link))
            assert not url.netloc or url.netloc.endswith(ELSEWHERE), link
            assert "/data/data" not in url.path
            if url.path.startswith("/data/") and not url.netloc:
                waiting.append(url._replace(fragment="").geturl())
    assert len(seen) > 100


def test_the_page_of_a_table_is_chinese_and_links_to_the_portal(client: TestClient) -> None:
    page = client.get(f"{DB}/target").text
    assert "<h1>目标 <small>target</small></h1>" in page
    assert 'href="/targets/zjstb-zkd-2017-13.agri-progress-share"' in page
    assert "镇江市</a>&nbsp;<em>321100</em>" in page
    assert "原文单位（含“万”“亿”）" in page
    assert not re.search(r"Suggested facets|Advanced export|rows? where|Custom SQL", page)


def test_the_page_of_a_row_links_to_what_its_keys_name(client: TestClient) -> None:
    page = client.get(ROW).text
    assert f'<a href="{DB}/indicator/zjstb-agri-progress-share">zjstb-agri-progress-share</a>' in page
    assert 'href="/targets/zjstb-zkd-2017-13.agri-progress-share.jsonld"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("研", 1), ("研发", 1), ("研发投", 1), ("农业科技进步", 1), ("2017", 0), ("森林", 0), ('"*', 0), ("", 2)],
)
def test_search_finds_words_of_any_length(client: TestClient, query: str, found: int) -> None:
    answer = client.get(f"{DB}/target.json", params={"_search": query, "_shape": "array"})
    assert (answer.status_code, len(answer.json())) == (200, found)


def test_redirects_keep_the_prefix(client: TestClient) -> None:
    assert client.get(f"{DB}/target/").headers["location"] == f"{DB}/target"
    assert client.get("/data").headers["location"] == "/data/"
    filtered = client.get(
        f"{DB}/target", params={"_filter_column": "year", "_filter_op": "exact", "_filter_value": "2017", "_search": ""}
    )
    assert filtered.headers["location"] == f"{DB}/target?year__exact=2017"


@pytest.mark.parametrize("page", ["metadata", "versions", "plugins", "settings", "threads", "databases", "actor.json"])
def test_nothing_is_told_of_the_instance(client: TestClient, page: str) -> None:
    answer = client.get(f"/data/-/{page}")
    assert answer.status_code == 404
    assert "版本" not in answer.text and "没有这个页面" in answer.text


@pytest.mark.parametrize("form", ["zip", "rar", "bak", "old", "sql", "php", "html", "JSON"])
def test_what_has_no_such_form_is_not_there(client: TestClient, form: str) -> None:
    answers = {path: client.get(f"{path}.{form}").status_code for path in (DB, f"{DB}/target", ROW)}
    assert answers == dict.fromkeys(answers, 404)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/data/nothing", 404),
        (f"{DB}/nothing", 404),
        (f"{DB}/target/nothing", 404),
        (f"{DB}/target_fts", 404),
        (f"{DB}/target_fts_data", 404),
        (f"{DB}/target_fts_data/1", 404),
        (f"{DB}/sqlite_master", 404),
        ("/data/.env", 404),
        ("/data/a.b/c", 404),
        ("/data/x@1.0.0", 404),
        (f"{DB}/target?_sort=nothing", 400),
        (f"{DB}/target?_size=-1", 400),
        (f"{DB}/target?_timelimit=x", 400),
        (f"{DB}/target?_next=a,b,c", 400),
        (f"{DB}/target?_through=x", 400),
        (f"{DB}/target?_trace=1", 400),
        (f"{DB}/target?_search_nothing=x", 400),
        (f"{DB}/target?" + "&".join(["_facet=year"] * 20), 400),
        (f"{DB}/target?nothing=1", 400),
        (f"{DB}/target?_facet=nothing", 400),
        (f"{DB}/target?_facet_array=quote", 400),
        (f"{DB}/target?_facet_size=x", 400),
        (f"{DB}/target?_through=[1,2]", 400),
        (f"{DB}/target?_through=null", 400),
        (f"{DB}/target?_col=nothing", 400),
        (f"{DB}/target?_where=(", 400),
        (f"{DB}/target?year__in=[1,", 400),
        (f"{DB}?sql=select+1+from+nothing", 400),
        (f"{DB}?sql=delete+from+target", 400),
    ],
)
def test_mistakes_are_answered_in_plain_chinese(client: TestClient, path: str, status: int) -> None:
    for suffix, kind in ((path, "text/html"), (re.sub(r"(\?|$)", r".json\1", path, count=1), "application/json")):
        answer = client.get(suffix)
        assert answer.status_code == status, suffix
        assert answer.headers["content-type"].startswith(kind)
        assert not re.search(r"Traceback|site-packages|sqlite3\.", answer.text)


def test_an_answer_carries_no_cookie_and_no_foreign_host(client: TestClient) -> None:
    answer = client.get(f"{DB}/target.json?_size=1", headers={"Host": "localhost:9999", "Cookie": "ds_messages=x"})
    assert answer.json()["next_url"].startswith(f"http://127.0.0.1:8000{DB}/target.json?")
    assert "set-cookie" not in answer.headers
    assert "localhost" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_reading_is_accepted(client: TestClient, method: str) -> None:
    answer = client.request(method, f"{DB}/target")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_what_is_cut_says_so(client: TestClient) -> None:
    many = "with recursive c(x) as (select 1 union all select x + 1 from c limit 2000) select x from c"
    assert "只列出前 1000 行" in client.get(DB, params={"sql": many}).text
    answer = client.get(f"{DB}.json", params={"sql": many})
    assert (answer.json()["truncated"], len(answer.json()["rows"]), answer.headers["x-truncated"]) == (
        True,
        1000,
        "rows",
    )
    for path, shape in ((f"{DB}.csv", "arrays"), (f"{DB}.json", "array")):
        refused = client.get(path, params={"sql": many, "_shape": shape})
        assert (refused.status_code, "多于 1000 行" in refused.text) == (400, True)
        assert client.get(path, params={"sql": f"{many} limit 1000", "_shape": shape}).status_code == 200


def test_the_database_is_downloaded_as_it_is(client: TestClient, releases: Path) -> None:
    database = next(releases.glob("zhenjiang-stb/*/zhenjiang-stb.db"))
    assert client.get(f"{DB}.db").content == database.read_bytes()


def test_a_new_build_is_served_without_a_restart(
    tmp_path: Path, site: Site, second: Collection, publish: Callable[..., Build], private: Private
) -> None:
    client = TestClient(create(Published(tmp_path), site, private), base_url="http://127.0.0.1")
    assert client.get("/data/").status_code == 200
    for version, name in [("1.0.0", "森林覆盖率"), ("1.1.0", "林木覆盖率")]:
        row = {"indicator_id": "qhx-forest", "slug": "forest", "name": name, "status": "accepted"}
        publish(tmp_path, second, {"indicator": [row]}, {}, version)
        for _ in range(8):
            rows = client.get("/data/qinghe-joint/indicator.json?_shape=array").json()
            assert [r["name"] for r in rows] == [name]


def test_a_setting_that_datasette_lacks_is_named(published: Published, site: Site) -> None:
    site.metadata["settings"]["no_such"] = 1
    try:
        with pytest.raises(DeclarationError, match="不认识的 no_such"):
            make_datasette(published, site)
    finally:
        del site.metadata["settings"]["no_such"]


@pytest.mark.parametrize("path", ["/data/", DB, f"{DB}/target", ROW, f"{DB}?sql=select+1", f"{DB}/none"])
def test_every_page_has_the_frame_of_the_portal(client: TestClient, path: str) -> None:
    page, home = (html.fromstring(client.get(p).text) for p in (path, "/"))
    menu = "//header/nav[@class='menu']//a"
    assert [(a.text_content(), a.get("href")) for a in page.xpath(menu)] == [
        (a.text_content(), a.get("href")) for a in home.xpath(menu)
    ]
    landmarks = {"header", "main", "footer"}
    assert {e.tag for e in page.xpath("//body/*[not(@class='skip')]")} <= landmarks
    assert "本站的汇编与整理以 CC BY 4.0 授权。" in page.xpath("string(//footer)")
    assert "mailto:data@example.org" not in str(page.xpath("//@href"))


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"{DB}.json?sql=select+x", 400, "没有列 x，列名见各表的页面。"),
        (
            f"{DB}.json?sql=select+1&_shape=object",
            400,
            "_shape=object 只能用于有主键的表，查询的结果请用 _shape=objects。",
        ),
        (
            f"{DB}/target.json?_shape=bogus",
            400,
            "没有 _shape=bogus 这种形式：可用 arrays、objects、array、object、arrayfirst。",
        ),
        (f"{DB}/target.json?nope=1", 400, "表“目标”没有 nope 这一列，列名见表的页面。"),
        (f"{DB}/target.json?_trace=1", 400, "没有这个参数。"),
        (f"{DB}/none.json", 404, "网址可能写错了，或者这一项还没有收录。请从首页查找。"),
        ("/data/-/versions.json", 404, "网址可能写错了，或者这一项还没有收录。请从首页查找。"),
        (f"{DB}-v9-0-0.json", 404, "没有 9.0.0 这个版本，现有的版本：1.0.0。"),
    ],
)
def test_json_says_what_went_wrong_in_one_form(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    told = answer.json()
    assert (answer.status_code, set(told)) == (status, {"ok", "status", "error", "hint"})
    assert (told["ok"], told["status"], told["hint"]) == (False, status, said)
    assert "\\u" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_json_of_what_went_well_stays_as_datasette_has_it(client: TestClient) -> None:
    answer = client.get(f"{DB}.json", params={"sql": "select 1 as n", "_shape": "objects"})
    assert (answer.status_code, answer.json()["ok"], answer.json()["rows"]) == (200, True, [{"n": 1}])
