"""Pages of past versions, histories, withdrawn rows, releases and their differences."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from lxml import html

from etl.site import Site
from portal.app import create_app
from portal.private import Private
from portal.published import Published
from tests.portal.bureau import LATER, NAME, PAGE, ROW


@pytest.fixture
def client(released: Published, site: Site, private: Private) -> FlaskClient:
    return create_app(released, site, private).test_client()


def page(client: FlaskClient, path: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == status, path
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_a_past_version_shows_its_value_and_says_what_changed_since_and_why(client: FlaskClient) -> None:
    past = page(client, f"{PAGE}@1.0.0")
    banner = text(past.xpath("//aside[@class='past']")[0])
    assert text(past.xpath("//p[@class='amount']")[0]) == "66.6%"
    assert banner.startswith("您看的是 1.0.0 版（2026-11-23 发布）。 这一行此后已经撤回。")
    assert "1.0.1 数值 66.6 → 66.5 据公文核对 更正 cor-0001" in banner
    assert "1.2.0 撤回这一行 原文说的不是目标 更正 cor-0002" in banner


def test_a_version_without_later_changes_says_so(client: FlaskClient) -> None:
    row = "/targets/zjstb-rd-intensity.2017-321100-plan"
    assert "此后没有改动（至 1.2.0 版）" in text(page(client, f"{row}@1.0.0").xpath("//aside[@class='past']")[0])
    assert "这就是现行版本" in text(page(client, f"{row}@1.2.0").xpath("//aside[@class='past']")[0])
    assert page(client, row).xpath("//aside[@class='past']") == []


def test_links_between_rows_stay_in_the_version(client: FlaskClient) -> None:
    links = page(client, f"{PAGE}@1.0.0").xpath("//main//div[@class='body']//a/@href")
    rows = [a for a in links if a.startswith(("/notices/", "/tasks/", "/indicators/"))]
    assert rows
    assert all("@1.0.0" in a for a in rows)
    assert any(a.endswith(f"@1.0.0#{ROW}") for a in rows)


def test_a_past_notice_has_its_text_with_the_row_in_its_place(client: FlaskClient) -> None:
    past = page(client, "/notices/zjstb-zkd-2017-13@1.0.1")
    assert text(past.xpath(f"//mark[@id='{ROW}']")[0]) == "全市农业科技进步贡献率达到66.6%"


def test_the_page_of_a_version_offers_both_links_and_a_citation_of_it(client: FlaskClient) -> None:
    past = page(client, f"{PAGE}@1.0.1")
    links = past.xpath("//p[@class='copyable']/code/text()")
    assert [a.removeprefix("http://127.0.0.1:8000") for a in links] == [PAGE, f"{PAGE}@1.0.1"]
    assert "1.0.1版" in text(past.xpath("//p[@class='cite']")[0])
    assert past.xpath("//button[@data-copy][not(@hidden)]") == []


def test_a_withdrawn_row_says_why_and_leads_to_where_it_was(client: FlaskClient) -> None:
    gone = page(client, PAGE, 410)
    assert "原文说的不是目标" in text(gone.xpath("//main")[0])
    assert gone.xpath("//a[@class='strong']/@href") == [f"{PAGE}@1.1.0"]
    assert client.get(PAGE).headers["link"].startswith(f'<{PAGE}@1.1.0>; rel="latest-version"')
    assert "withdrawn" in text(page(client, f"/en{PAGE}", 410).xpath("//h1")[0])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{PAGE}@4.0.0", "没有这个版本"),
        (f"/targets/{LATER}@1.0.0", "这个版本里没有这一行"),
        (f"/releases/{NAME}/4.0.0/", "没有这个版本"),
        (f"/releases/{NAME}/1.2.0...1.0.0", "先后写反了"),
    ],
)
def test_what_is_not_there_is_said_with_the_versions_that_are(client: FlaskClient, path: str, words: str) -> None:
    said = page(client, path, 404)
    assert text(said.xpath("//h1")[0]) == words
    assert "1.1.0" in text(said.xpath("//ul[@class='inline']")[0])


def test_the_history_is_told_the_newest_first(client: FlaskClient) -> None:
    told = page(client, f"{PAGE}/history").xpath("//ol[@class='timeline']/li")
    assert [text(li) for li in told] == [
        "1.2.0 2026-11-26 撤回这一行 原文说的不是目标 更正 cor-0002",
        "1.0.1 2026-11-24 数值 66.6 → 66.5 据公文核对 更正 cor-0001",
        "1.0.0 2026-11-23 首次发布，已有这一行。",
    ]


def test_a_release_lists_files_with_sizes_and_hashes_and_how_to_verify(client: FlaskClient) -> None:
    shown = page(client, f"/releases/{NAME}/1.0.1/")
    row = shown.xpath("//tr[@id='target']")[0]
    assert re.fullmatch(r"data/target\.csv[\d.]+ (kB|Bytes)[0-9a-f]{64}", text(row))
    assert f"minisign -Vm {NAME}-1.0.1.zip -P RW" in text(shown.xpath("//section[@aria-labelledby='verify']")[0])


def test_a_difference_can_be_read_and_filtered(client: FlaskClient) -> None:
    whole = page(client, f"/releases/{NAME}/1.0.0...1.2.0")
    assert [text(p) for p in whole.xpath("//p[@class='shifted']")] == [
        f"增加 =新的目标 {LATER} 人工整理的数据有更新 1.1.0 版",
        f"撤回 农业科技进步贡献率 {ROW} 原文说的不是目标 更正 cor-0002",
    ]
    came = page(client, f"/releases/{NAME}/1.0.0...1.2.0?kind=came")
    assert len(came.xpath("//p[@class='shifted']")) == 1
    assert page(client, f"/releases/{NAME}/1.0.0...1.2.0?q=没有这个").xpath("//p[@class='empty']")
    corrected = text(page(client, f"/releases/{NAME}/1.0.0...1.0.1").xpath("//ul[@class='changes']")[0])
    assert corrected == "数值 66.6 → 66.5 据公文核对 更正 cor-0001"
