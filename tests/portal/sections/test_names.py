"""What targets, units and bodies are called on pages, in both languages: names from the data, never invented ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from etl.declaration import Collection
from etl.releasing.current import Build
from etl.site import Site
from portal.app import create_app
from portal.private import Private
from portal.published import Published
from tests.portal.worlds import TEXT, quantity, span, world

TARGET = "zjstb-zkd-2017-13.new-firms"
WANTED = f"/targets/{TARGET}"


@pytest.fixture
def client(
    tmp_path: Path, collection: Collection, publish: Callable[..., Build], site: Site, private: Private
) -> FlaskClient:
    """A site whose notice counts new firms and names only the firms."""
    rows = world()
    rows["unit"] += [
        {"unit": "亿元", "name_en": "100 million yuan", "dimension": "货币", "factor": 1e8, "base_unit": "元"},
        {"unit": "元", "name_en": "yuan", "dimension": "货币", "factor": 1.0, "base_unit": "元"},
    ]
    rows["indicator"].append(
        {
            "indicator_id": "zjstb-firms",
            "slug": "firms",
            "name": "高新企业产值",
            "name_en": "Output of high-tech firms",
            "qualifier": "新增",
            "unit": "亿元",
            "status": "accepted",
        }
    )
    rows["target"].append(
        quantity(
            **{"notice_id": "zjstb-zkd-2017-13", **span("工作要点")},
            target_id=TARGET,
            indicator_id="zjstb-firms",
            name="产值",
            subject_qualifier="全市 新增",
            value=6.0,
            comparator=">",
            unit="亿元",
            year=2017,
            region_code="321100",
            is_borderline=False,
        )
    )
    publish(tmp_path, collection, rows, {"zjstb-src-c8cbd21351": TEXT})
    return create_app(Published(tmp_path), site, private).test_client()


def words(client: FlaskClient, path: str, xpath: str) -> list[str]:
    """The text of what an XPath finds on a page."""
    page = html.fromstring(client.get(path).text)
    return [" ".join(e.text_content().split()) for e in page.xpath(xpath)]


@pytest.mark.parametrize(
    "path", ["/", "/targets/", "/plans/2017", "/notices/zjstb-zkd-2017-13", "/search?q=产值", WANTED]
)
def test_a_target_is_called_by_what_it_counts_not_by_a_word_that_misleads(client: FlaskClient, path: str) -> None:
    xpath = "//main//*[self::a or self::h1][contains(., '产值')][not(starts-with(@href, '/indicators/'))]"
    named = [w for w in words(client, path, xpath) if not w.startswith("搜索")]
    assert named
    assert all("新增高新企业产值" in w for w in named), named


def test_english_pages_give_names_and_units_in_english_with_the_chinese_beside(client: FlaskClient) -> None:
    assert words(client, "/en" + WANTED, "//h1") == ["Output of high-tech firms 新增高新企业产值"]
    assert words(client, "/en" + WANTED, "//p[@class='amount']") == ["> 6 × 100 million yuan 亿元"]
    row = f"//tr[.//a[@href='/en{WANTED}']]"
    assert words(client, "/en/targets/", f"{row}/th") == ["Output of high-tech firms 新增高新企业产值"]
    assert words(client, "/en/targets/", f"{row}/td[@class='n']") == ["> 6 × 100 million yuan 亿元"]
    assert words(client, "/en/indicators/zjstb-firms", "//h1") == ["Output of high-tech firms 高新企业产值"]
    assert words(client, "/en/indicators/zjstb-firms", "//dd/small[@lang='zh-CN']") == ["亿元"]


def test_chinese_pages_are_without_english_units(client: FlaskClient) -> None:
    assert words(client, WANTED, "//h1 | //p[@class='amount']") == ["新增高新企业产值", "> 6 亿元"]


def test_what_the_data_have_no_english_name_for_stays_chinese(client: FlaskClient) -> None:
    path = "/en/targets/zjstb-zkd-2017-13.agri-progress-share"
    assert words(client, path, "//h1[./span[@lang='zh-CN']]") == ["农业科技进步贡献率"]


def test_kinds_of_bodies_are_in_english_with_the_chinese_beside(client: FlaskClient) -> None:
    assert words(client, "/en/organisations/", "//h2[1]")[0] == "Authorities 机关 1"
    assert words(client, "/organisations/", "//h2[1]")[0] == "机关 1"
