"""What a stranger does with the platform on the first day, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.injected import injected

pytestmark = pytest.mark.browser

INJECTED = injected()
UNREPORTED = "没有实际值的目标"


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", base_url=served)
    page = context.new_page()
    page.on("response", lambda response: seen.append(response.url))
    seen: list[str] = []
    yield page
    assert all(url.startswith(served) for url in seen), "a page asked another site for something"
    context.close()


def test_a_stranger_follows_the_plan_to_a_target_and_its_sentence(page: Page, served: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="科技计划", exact=True).first.click()
    page.get_by_role("link", name=re.compile("2017")).first.click()
    page.get_by_role("link", name=re.compile("农业科技进步贡献率")).first.click()
    expect(page.locator("main")).to_contain_text("66.6")
    expect(page.locator("main mark").first).to_contain_text("全市农业科技进步贡献率达到66.6%")

    target = page.url.rsplit("/", 1)[1]
    page.get_by_role("link", name=re.compile("在公文中|在原文中|查看原文")).first.click()
    assert "/notices/" in page.url
    assert page.url.endswith(f"#{target}")
    marked = page.locator(f"[id='{target}']")
    expect(marked).to_be_in_viewport()
    expect(marked).to_contain_text("农业科技进步贡献率")
    assert INJECTED not in page.content()


def test_the_row_is_json_and_the_table_is_csv(page: Page, served: str) -> None:
    page.goto("/plans/2017")
    page.get_by_role("link", name=re.compile("农业科技进步贡献率")).first.click()
    with page.expect_download() if _downloads(page, "JSON") else page.expect_navigation():
        page.get_by_role("link", name="JSON", exact=True).first.click()
    row = httpx.get(page.url.removesuffix(".json") + ".json").json()["row"]
    assert (row["value"], row["unit"], row["year"]) == (66.6, "%", 2017)

    table = httpx.get(f"{served}/catalogue/zhenjiang-stb/target.csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert len([r for r in rows if r["origin"] == "extracted"]) == 18
    assert row["target_id"] in {r["target_id"] for r in rows}


def _downloads(page: Page, name: str) -> bool:
    return page.get_by_role("link", name=name, exact=True).first.get_attribute("download") is not None


def test_search_finds_chinese_words(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").first.fill("研发")
    page.get_by_role("searchbox").first.press("Enter")
    expect(page.locator("main")).to_contain_text("全社会研发投入占地区生产总值比重")


def test_sql_says_which_targets_have_no_reported_value(page: Page, served: str) -> None:
    page.goto("/data/zhenjiang-stb")
    page.get_by_role("link", name=UNREPORTED).first.click()
    expect(page.locator("table").first).to_contain_text("农业科技进步贡献率")

    sql = """select name from target t where year = 2017 and not exists (
        select 1 from reported r where r.indicator_id = t.indicator_id and r.year = t.year
        and r.region_code = t.region_code)"""
    names = httpx.get(f"{served}/data/zhenjiang-stb.json", params={"sql": sql, "_shape": "arrays"}).json()
    assert "农业科技进步贡献率" in json.dumps(names, ensure_ascii=False)


def test_the_injected_domain_is_nowhere(served: str) -> None:
    for path in every_page(served):
        body = httpx.get(served + path, follow_redirects=True).text
        assert INJECTED not in body, path


def every_page(served: str) -> list[str]:
    """The pages about the first notice, and everything that its source can be read from."""
    notices = httpx.get(f"{served}/catalogue/zhenjiang-stb/notice.json").json()["rows"]
    sources = httpx.get(f"{served}/catalogue/zhenjiang-stb/source.json").json()["rows"]
    paths = ["/", "/plans/2017", "/party/", "/search?q=主办", "/data/zhenjiang-stb/passage?_size=max"]
    paths += [f"/notices/{n['notice_id']}" for n in notices] + [f"/notices/{n['notice_id']}.json" for n in notices]
    paths += [f"/sources/{s['source_id']}" for s in sources]
    paths += [f"/catalogue/zhenjiang-stb/sources/{s['source_id']}.txt" for s in sources]
    return [*paths, "/catalogue/zhenjiang-stb/passage.csv", "/catalogue/zhenjiang-stb/quarantine.csv"]
