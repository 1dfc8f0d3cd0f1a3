"""Pages of rows: the sentence, the way back to it, what is known of a target and what is not."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from lxml import html

from etl.site import Site
from portal.app import create_app
from portal.private import Private
from portal.published import Published

NOTICE = "/notices/zjstb-zkd-2017-13"
TARGET = "/targets/zjstb-zkd-2017-13.agri-progress-share"


@pytest.fixture
def client(published: Published, site: Site, private: Private) -> FlaskClient:
    return create_app(published, site, private).test_client()


def page(client: FlaskClient, path: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(path).text)


def text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_a_target_shows_its_sentence_marked_and_leads_to_it(client: FlaskClient) -> None:
    target = page(client, TARGET)
    assert [text(m) for m in target.xpath("//main//mark")] == ["全市农业科技进步贡献率达到66.6%"]
    (link,) = target.xpath("//main//a[contains(., '在公文中查看')]/@href")
    assert link == f"{NOTICE}#zjstb-zkd-2017-13.agri-progress-share"
    place, anchor = link.split("#")
    (marked,) = page(client, place).xpath(f"//*[@id='{anchor}']")
    assert (marked.tag, text(marked)) == ("mark", "全市农业科技进步贡献率达到66.6%")


def test_every_span_of_a_notice_links_to_its_row(client: FlaskClient) -> None:
    notice = page(client, NOTICE)
    assert notice.xpath("//mark[@class='target']//a/@href") == [TARGET]
    assert notice.xpath("//mark[@class='citation']//a/@href") == ["/documents/zjstb-doc-yaodian"]
    assert notice.xpath("//mark[@class='mention']//a/@href") == ["/organisations/zjstb-org-bureau"]
    assert notice.xpath("//mark[@class='repair']//a/@href") == ["#note-zjstb-zkd-2017-13.r01"]
    assert text(notice.xpath("//*[@id='note-zjstb-zkd-2017-13.r01']")[0]).startswith("镇科党201713 镇科党〔2017〕13号")


def test_passages_chapters_and_tasks_can_be_linked(client: FlaskClient) -> None:
    ids = set(page(client, NOTICE).xpath("//@id"))
    assert {"zjstb-zkd-2017-13.p001", "zjstb-zkd-2017-13.c1", "zjstb-zkd-2017-13.t08"} <= ids


def test_a_notice_keeps_its_dates_and_numbers_apart_and_admits_what_it_does_not_know(client: FlaskClient) -> None:
    facts = {text(d.find("dt")): text(d.find("dd")) for d in page(client, NOTICE).xpath("//dl[@class='facts']/div")}
    assert facts["文号（原文）"] == "原文未载"
    assert facts["文号（修复后）"].startswith("镇科党〔2017〕13号")
    assert (facts["成文日期"], facts["发表时间"], facts["网址所示日期"]) == ("原文未载", "原文未载", "无从查考")
    assert facts["是否完整"] == "不能确定"


def test_what_is_held_back_is_told_without_the_value(client: FlaskClient) -> None:
    assert "第 4 行，7 个字符：疑似被植入的外部网址" in client.get(NOTICE).text
    assert "第 4 行，7 个字符：疑似被植入的外部网址" in client.get("/sources/zjstb-src-c8cbd21351").text


def test_looked_up_and_not_found_is_said_with_the_day(client: FlaskClient) -> None:
    outcome = page(client, TARGET).xpath("//section[@aria-labelledby='outcome']")[0]
    assert "未查得，查找于 2026-11-23" in text(outcome)
    assert "查而未得不等于没有完成" in text(outcome)


def test_a_reported_value_stands_beside_its_target(client: FlaskClient) -> None:
    outcome = page(client, "/targets/zjstb-rd-intensity.2017-321100-plan").xpath(
        "//section[@aria-labelledby='outcome']"
    )
    assert text(outcome[0]) == "实际值 2.57% 统计公报"


def test_an_indicator_shows_its_series_by_region_and_its_synonyms(client: FlaskClient) -> None:
    indicator = page(client, "/indicators/zjstb-rd-intensity")
    assert text(indicator.xpath("//table[@class='series']//tbody")[0]) == "2017 2.65% 2.57% 统计公报"
    assert "研发强度、R&D经费投入强度" in text(indicator.xpath("//main")[0])
    (picture,) = indicator.xpath("//figure/*[local-name()='svg']")
    assert picture.xpath("string(*[local-name()='desc'])") == "2017 目标 2.65%；2017 实际值 2.57%；"


def test_a_year_without_anything_reported_says_that_nobody_looked(published: Published, client: FlaskClient) -> None:
    tracked = page(client, "/targets/?state=open")
    assert "没有符合条件的目标" in text(tracked.xpath("//main")[0])


def test_rows_offer_downloads_a_permanent_link_and_a_citation(client: FlaskClient) -> None:
    target = page(client, TARGET)
    files = target.xpath("//ul[@class='downloads']//a/@href")
    assert files[:3] == [f"{TARGET}.{s}" for s in ("json", "csv", "jsonld")]
    assert files[3:] == [f"/cite/{TARGET.split('/')[2]}.{s}" for s in ("bib", "ris", "csl.json")]
    assert target.xpath("//p[@class='copyable']/code/text()") == [f"http://127.0.0.1:8000{TARGET}"]
    assert re.search(r"农业科技进步贡献率\[DS/OL\]\. 1\.0\.0版\.", text(target.xpath("//p[@class='cite']")[0]))


def test_downloads_have_no_language(client: FlaskClient) -> None:
    assert page(client, "/en" + TARGET).xpath("//ul[@class='downloads']//a/@href")[0] == f"{TARGET}.json"


def test_a_document_says_who_cites_it_and_a_body_where_it_is_named(client: FlaskClient) -> None:
    for path, quote in (("documents/zjstb-doc-yaodian", "2017年工作要点"), ("organisations/zjstb-org-bureau", "通知")):
        places = page(client, f"/{path}").xpath("//ol[@class='places']/li")
        assert [text(m) for p in places for m in p.xpath(".//mark")] == [quote]


def test_a_plan_leads_from_chapter_to_task_to_target_to_its_outcome(client: FlaskClient) -> None:
    plan = page(client, "/plans/2017")
    step = plan.xpath("//ol[@class='steps']/li")[0]
    assert text(step) == "8 实施农业科技支撑计划 农业科技进步贡献率 66.6% 未查得，查找于 2026-11-23"
    assert "他处查得的同年目标" in text(plan.xpath("//main")[0])


def test_an_address_without_a_list_for_people_leads_to_the_catalogue(client: FlaskClient) -> None:
    assert client.get("/sources/").headers["Location"] == "/catalogue/qinghe-joint/source"


def test_search_groups_by_table_and_helps_when_nothing_is_found(client: FlaskClient) -> None:
    found = page(client, "/search?q=研发")
    assert "指标 1" in text(found.xpath("//main")[0])
    nothing = page(client, "/search?q=不存在的词")
    assert "没有找到“不存在的词”" in text(nothing.xpath("//main")[0])
    assert nothing.xpath("//main//a[@href='/indicators/']")


def test_search_does_not_run_what_it_is_given(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": '<script>alert(1)</script>" OR 1'})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "page=-5",
        "page=999999999999999999999",
        "year=999999999999999999999",
        "year=x&state=x",
        "table=none&collection=none",
    ],
)
def test_odd_pages_of_search_answer(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?q=研发&{query}").status_code == 200
    in_table = f"/search?q=研发&collection=zhenjiang-stb&table=target&{query}"
    assert client.get(in_table).status_code == 200
    assert client.get(f"/targets/?{query}").status_code == 200
