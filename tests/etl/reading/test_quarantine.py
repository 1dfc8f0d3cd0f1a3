"""What must not be published is found with its reason; ordinary numbers and addresses pass."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import MASK
from etl.reading import read
from etl.reading.html_hidden import hiding
from etl.reading.quarantine import inspect, suspicious_host
from etl.reading.tables import compiled, table
from tests.injected import END, SOURCE, START

TABLE = table("quarantine")


def found(text: str, *, furniture: bool = False) -> list[tuple[str, str]]:
    return [(h.rule, text[h.start : h.end]) for h in inspect(text, [(0, len(text))] if furniture else None)]


@pytest.mark.parametrize("rule", [*TABLE["hosts"], TABLE["public_numbers"]], ids=lambda r: r.get("id", "public"))
def test_a_host_rule_matches_its_examples(rule: dict[str, Any]) -> None:
    pattern = compiled(rule["pattern"])
    assert all(pattern.fullmatch(e) for e in rule["examples"])
    if rule.get("id") != "letters-digits-host":
        assert not any(pattern.fullmatch(p) for p in rule["passes"])
    else:
        assert [p for p in rule["passes"] if suspicious_host(f"{p}.com")] == []


@pytest.mark.parametrize("rule", TABLE["words"], ids=lambda r: r["id"])
def test_a_word_rule_matches_its_examples(rule: dict[str, Any]) -> None:
    assert all(compiled(rule["pattern"]).search(e) for e in rule["examples"])
    assert not any(compiled(rule["pattern"]).search(p) for p in rule["passes"])


@pytest.mark.parametrize("rule", TABLE["styles"], ids=lambda r: r["id"])
def test_a_style_rule_matches_its_examples(rule: dict[str, Any]) -> None:
    assert all(compiled(rule["pattern"]).search(e.lower()) for e in rule["examples"])
    assert [p for p in rule["passes"] if hiding(p)] == []


@pytest.mark.parametrize("rule", TABLE["personal"], ids=lambda r: r["id"])
def test_a_personal_rule_finds_its_examples(rule: dict[str, Any]) -> None:
    assert [e for e in rule["examples"] if [h.kind for h in inspect(e)] != [rule["kind"]]] == []
    assert [p for p in rule["passes"] if inspect(p)] == []


@pytest.mark.parametrize("rule", TABLE["sponsor"], ids=lambda r: r["id"])
def test_a_sponsor_rule_finds_its_examples_in_furniture_only(rule: dict[str, Any]) -> None:
    assert all(found(e, furniture=True) == [(rule["id"], "abcd.com")] for e in rule["examples"])
    assert not any(found(e) for e in rule["examples"])
    assert not any(found(p, furniture=True) for p in rule["passes"])


@pytest.mark.parametrize("rule", TABLE["debris"], ids=lambda r: r["id"])
def test_row_26_what_could_not_be_decoded_is_held_back(rule: dict[str, Any]) -> None:
    assert [e for e in rule["examples"] if [h.kind for h in inspect(e)] != [rule["kind"]]] == []
    assert [p for p in rule["passes"] if inspect(p)] == []


def test_a_text_with_a_place_that_could_not_be_decoded_is_read_without_it() -> None:
    document = read("关于做好锟斤拷工作的通知。占比达到2.65%。".encode())
    assert document.body == f"关于做好{MASK * 3}工作的通知。占比达到2.65%。"
    assert document.warnings[-1] == f"扣留了 1 处解不出的残字，发布时以 {MASK} 代替，请核对。"


def test_the_captured_page_holds_exactly_the_injected_domain() -> None:
    document = read(SOURCE.read_bytes())
    assert [(h.kind, h.start, h.end) for h in document.held] == [("link", START, END)]
    assert document.text[START:END] not in document.masked
    assert len(document.masked) == len(document.text)


@pytest.mark.parametrize(
    "text",
    [
        "某市政府 90817263.com主办",
        "某市政府９０８１７２６３．ｃｏｍ主办",
        "某市政府90817\u200b263.com主办",
        "访问http://www.8888888.cc/x.html了解",
        "见www.hg0088.com、",
        "macaucasino.com欢迎",
        "bet365.соm欢迎",
    ],
)
def test_row_16_a_domain_beside_chinese_text_is_found_however_it_is_dressed(text: str) -> None:
    assert [h.kind for h in inspect(text)] == ["link"]


@pytest.mark.parametrize(
    "text",
    [
        "详见www.gov.cn和www.example.gov.cn",
        "人民网people.com.cn、新华网xinhuanet.com、www.cnr.cn报道",
        "请登录www.12306.cn或拨打12345、www.12377.cn举报",
        "邮箱zhangsan8888@163.com、12345678@qq.com",
        "www.beijing2022.cn与expo2010.cn",
        "文件a.docx、版本V2.0、12.5万元、3.com",
        "开展打击网络赌博、六合彩和代开发票专项行动,查处棋牌类赌场3家。",
    ],
)
def test_row_17_ordinary_addresses_and_sentences_pass(text: str) -> None:
    assert inspect(text) == ()


def test_words_of_gambling_are_held_beside_a_link_and_in_furniture() -> None:
    assert found("澳门葡京 www.abcxyz.com") == [("gambling-words", "澳门葡京"), ("gambling-words", "www.abcxyz.com")]
    assert found("友情链接 真人荷官", furniture=True) == [("gambling-words", "真人荷官")]


@pytest.mark.parametrize(
    "text",
    [
        "镇科党201713",
        "国发〔2017〕12345678901号",
        "投资13800000000元",
        "索引号015000716/2017-00074",
        "统一社会信用代码913211007000000000",
        "电话0511-84425678,传真051184425679",
        "2015 2016 2017 2018",
        "项目代码2017-321100-62-03-512345",
        "ISBN 9787100000000",
        "产值12345678901234元",
        "130 2016 2017",
    ],
)
def test_row_17_other_long_numbers_pass(text: str) -> None:
    assert inspect(text) == ()


def test_what_is_held_never_keeps_the_value() -> None:
    document = read("联系人张某13812345678,身份证号11010519491231002X,请按时报送。".encode())
    assert [h.kind for h in document.held] == ["mobile", "id_number"]
    assert "13812345678" not in repr((document.held, document.warnings, document.facts, document.masked))
    assert document.masked == "联系人张某" + MASK * 11 + ",身份证号" + MASK * 18 + ",请按时报送。"


def test_a_fact_does_not_carry_what_the_text_may_not() -> None:
    document = read("来源：张某13812345678 发布日期：2017-02-16\n关于某事的通知\n请贯彻落实。\n".encode())
    assert document.facts == {"source_name": "张某" + MASK * 11, "published_at": "2017-02-16"}


@given(st.text(alphabet="文号：.-/ 元1389016xX张comc\u200b１３\n", max_size=80))
def test_masking_keeps_the_length_and_the_lines(text: str) -> None:
    from etl.document import Document

    document = Document(text, held=inspect(text))
    assert len(document.masked) == len(text)
    assert document.masked.count("\n") == text.count("\n")
    assert all(text[h.start : h.end].strip() for h in document.held)
