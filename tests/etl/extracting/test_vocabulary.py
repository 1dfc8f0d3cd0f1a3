"""Links to the vocabulary: the same qualifier, name and unit, or none."""

from __future__ import annotations

import pytest

from etl.extracting.vocabulary import Indicator, link

INDICATORS = (
    Indicator("agri", "农业科技进步贡献率", (), "%"),
    Indicator("progress", "科技进步贡献率", (), "%"),
    Indicator("added", "新增高新技术企业", ("高新技术企业", "高企"), "家", "新增"),
    Indicator("net", "净增高新技术企业", ("高新技术企业", "高企"), "家", "净增"),
    Indicator("total", "高新技术企业总数", ("高新技术企业数",), "家", "总数"),
    Indicator("rd", "全社会研发投入占地区生产总值比重", ("研发强度", "全社会R&D投入占GDP比重"), "%"),
    Indicator("staff", "每万劳动力中研发人员数", (), "人年"),
    Indicator("trade", "技术贸易额", (), "亿元"),
    Indicator("growth", "地区生产总值增速", (), "%"),
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("农业科技进步贡献率达到66%", ("agri", 1.0)),
        ("科技进步贡献率达到62%", ("progress", 1.0)),
        ("新增高新技术企业100家", ("added", 1.0)),
        ("净增高新技术企业20家", ("net", 1.0)),
        ("高新技术企业总数达到300家", ("total", 1.0)),
        ("全社会Ｒ＆Ｄ投入占ＧＤＰ的比重达到2.5%", ("rd", 0.95)),
        ("每万劳动力中研发人员数达150人年", ("staff", 1.0)),
        ("地区生产总值增长8%", ("growth", 1.0)),
        ("高新技术企业达到300家", (None, 0.0)),
        ("培育高新技术企业30家", (None, 0.0)),
        ("每万劳动力中研发人员数达150人", (None, 0.0)),
        ("科技进步贡献率提高2个百分点", (None, 0.0)),
        ("技术合同成交额达到5亿元", (None, 0.0)),
        ("技术贸易额增长5%", (None, 0.0)),
        ("工业科技进步贡献率达到60%", (None, 0.0)),
    ],
)
def test_quantity_is_linked_by_qualifier_name_and_unit(text, wanted, read):
    [row] = read(text).targets
    assert link(row, INDICATORS) == wanted


def test_two_indicators_that_fit_alike_are_no_link(read):
    [row] = read("公园面积达到30公顷").targets
    twins = (Indicator("a", "公园面积", (), "公顷"), Indicator("b", "公园面积", (), "公顷"))
    assert link(row, twins) == (None, 0.0)
