"""The pages that lead on: home, lists, policies, search without hits, and what is said where something is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
from tests.portal.worlds import TEXT, world


@pytest.fixture
def client(published: Published, site: Site, private: Private) -> FlaskClient:
    return create_app(published, site, private).test_client()


def words(client: FlaskClient, path: str, xpath: str) -> list[str]:
    """The text of what an XPath finds on a page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return [" ".join(e.text_content().split()) for e in html.fromstring(answer.text).xpath(xpath)]


def section(name: str) -> str:
    return f"//section[@aria-labelledby='{name}']"


def test_home_says_that_nothing_was_released_and_nothing_was_discussed(
    tmp_path: Path, collection: Collection, publish: Callable[..., Build], site: Site, private: Private
) -> None:
    publish(tmp_path, collection, world() | {"release": []}, {"zjstb-src-c8cbd21351": TEXT})
    client = create_app(Published(tmp_path), site, private).test_client()
    assert words(client, "/", section("changes") + "/p") == [
        "还没有发布过版本，所以没有变更。每发布一版，这里写明改了什么。 看现在的数据"
    ]
    assert words(client, "/", section("threads") + "/p") == ["还没有人开过讨论。", "看“镇江论坛”"]
    assert words(client, "/en/", section("threads") + "//a[@href='/en/forum/']") == ["See “Zhenjiang Forum”"]


def test_home_tells_what_the_last_release_changed(released: Published, site: Site, private: Private) -> None:
    client = create_app(released, site, private).test_client()
    (entry,) = words(client, "/", section("changes") + "//ul[@class='entries']/li")
    last = released.versions.known(released.collections()[0])[-1]
    assert last.version in entry
    assert "撤回目标“农业科技进步贡献率”（原文说的不是目标" in entry
    href = f"/releases/zhenjiang-stb/{last.version}/"
    assert words(client, "/", f"{section('changes')}//a[@href='{href}']")


@pytest.mark.parametrize(
    ("address", "groups"),
    [
        ("indicators", ["有目标，也有实际值 1", "只有目标 1", "还没有数字 1"]),
        ("documents", ["市 1"]),
        ("tasks", ["关于印发2017年工作要点的通知 1"]),
        ("reported", ["2017 年 1"]),
    ],
)
def test_rows_are_listed_for_people_in_groups(client: FlaskClient, address: str, groups: list[str]) -> None:
    assert words(client, f"/{address}/", "//main//h2") == groups
    page = html.fromstring(client.get(f"/{address}/").text)
    assert page.xpath(f"//main//section//a[starts-with(@href, '/{address}/')]")
    assert page.xpath("//main//form[@action='/search']//input[@name='q']")
    assert page.xpath("//main//a[starts-with(@href, '/catalogue/zhenjiang-stb/')]")
    assert client.get(f"/en/{address}/").status_code == 200


def test_a_row_leads_back_to_its_list(client: FlaskClient) -> None:
    assert words(client, "/indicators/zjstb-rd-intensity", "//nav[@class='crumbs']//a[@href='/indicators/']") == [
        "指标"
    ]


def test_the_paper_that_a_notice_issues_stands_apart_from_cited_ones(
    tmp_path: Path, collection: Collection, publish: Callable[..., Build], site: Site, private: Private
) -> None:
    rows = world()
    rows["document"][0]["notice_id"] = "zjstb-zkd-2017-13"
    cited = {"document_id": "zjstb-doc-x", "title": "转发《关于〈办法〉的意见》的通知", "level": "省"}
    rows["document"].append(cited)
    publish(tmp_path, collection, rows, {"zjstb-src-c8cbd21351": TEXT})
    client = create_app(Published(tmp_path), site, private).test_client()
    assert words(client, "/policies/", "//h2[not(contains(., '解读'))]") == ["省", "本站收录的公文"]
    assert words(client, "/policies/", section("own") + "//a[@class='entry']") == ["《2017年工作要点》"]
    assert words(client, "/policies/", section("level-1") + "//a[@class='entry']") == [
        "《转发〈关于《办法》的意见〉的通知》"
    ]


def test_a_search_in_vain_names_indicators_that_there_are(client: FlaskClient) -> None:
    hints = "//main//li[contains(., '换一个说法')]/a"
    assert words(client, "/search?q=没有的词", hints)[0] == "全社会研发投入占地区生产总值比重"
    assert words(client, "/search?q=没有的词", f"{hints}[1][starts-with(@href, '/search?q=%E5%85%A8')]")


def test_a_search_over_nothing_gives_no_hints(tmp_path: Path, site: Site, private: Private) -> None:
    client = create_app(Published(tmp_path), site, private).test_client()
    assert words(client, "/search?q=词", "//main//li[1]") == ["换一个说法，或只留一个关键词。"]


@pytest.mark.parametrize("path", ["/targets/", "/plans/2017"])
def test_what_not_looked_up_means_is_said_once(client: FlaskClient, path: str) -> None:
    said = words(client, path, "//p[contains(., '“尚未查找”')]")
    shown = words(client, path, "//*[@class='quiet' and normalize-space()='尚未查找']")
    assert len(said) == bool(shown)
    assert all("不表示没有完成" in s for s in said)


def test_a_target_that_nobody_looked_up_says_how_to_help(
    tmp_path: Path, collection: Collection, publish: Callable[..., Build], site: Site, private: Private
) -> None:
    publish(tmp_path, collection, world() | {"lookup": []}, {"zjstb-src-c8cbd21351": TEXT})
    client = create_app(Published(tmp_path), site, private).test_client()
    for path in ("/targets/", "/plans/2017", "/targets/zjstb-zkd-2017-13.agri-progress-share"):
        assert len(words(client, path, "//p[contains(., '“尚未查找”')]/a[@href='/participation/#leads']")) == 1, path
    assert words(client, "/participation/", "//h2[@id='leads']") == ["提供线索"]


@pytest.mark.parametrize(
    "path", ["/", "/participation/", "/forum/", "/about", "/targets/zjstb-rd-intensity.2017-321100-plan"]
)
def test_an_example_for_a_contact_is_no_contact(published: Published, site: Site, path: str, private: Private) -> None:
    unset = (
        create_app(published, replace(site, contact="mailto:data@example.org"), private).test_client().get(path).text
    )
    assert "mailto:" not in unset.replace("mailto: 加", "")
    there = create_app(published, replace(site, contact="mailto:x@zhenjiang.cn"), private).test_client().get(path).text
    assert "mailto:x@zhenjiang.cn" in there
    assert "还没有设置联系地址" not in there


def test_operators_are_told_where_to_put_the_contact(client: FlaskClient) -> None:
    (said,) = words(client, "/about", "//p[contains(., 'site.contact')]")
    assert said.startswith("本站还没有设置联系地址")


@pytest.mark.parametrize(
    ("contact", "is_one"),
    [
        ("mailto:data@example.org", False),
        ("mailto:a@mail.example.com", False),
        ("https://bureau.example/contact", False),
        ("https://a.test", False),
        ("mailto:x@zhenjiang.cn", True),
        ("https://www.example-bureau.cn/contact", True),
    ],
)
def test_names_kept_for_examples_reach_no_one(site: Site, contact: str, is_one: bool) -> None:
    assert replace(site, contact=contact).has_contact is is_one


def test_sections_have_neutral_names_where_the_site_gives_none(
    published: Published, site: Site, private: Private
) -> None:
    named = {k: v for k, v in site.metadata["site"].items() if k != "sections"}
    client = create_app(published, replace(site, metadata={**site.metadata, "site": named}), private).test_client()
    assert words(client, "/", "//nav[@class='menu']//a[@href='/plans/']") == ["工作计划"]
    assert words(client, "/targets/", "//nav[@class='crumbs']//a[@href='/plans/']") == ["工作计划"]
