"""The hedges and bounds that a row keeps as written."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("森林覆盖率达到40%。", ["达到"]),
        ("力争生产总值达800亿元。", ["力争 达"]),
        ("财政收入确保突破60亿元。", ["确保 突破"]),
        ("城镇化率提高到52%以上。", ["提高到 以上"]),
        ("居民消费价格涨幅控制在3%以内。", ["控制在 以内"]),
        ("农村居民收入增长8%左右。", ["左右"]),
        ("农村自来水普及率不低于85%。", ["不低于"]),
        ("力争新增企业30家以上、岗位2万多个。", ["力争 以上", "多"]),
        ("新增企业30家。", [None]),
    ],
)
def test_row_keeps_hedges_and_bounds_in_order(text, wording, read):
    assert [row.wording for row in read(text).targets] == wording


def test_words_stand_in_the_quote_in_their_order(read):
    [row] = read("到2020年，全市高新技术企业数力争达到300家以上。").targets
    assert row.wording == "力争 达到 以上"
    assert all(word in row.quote for word in row.wording.split())
