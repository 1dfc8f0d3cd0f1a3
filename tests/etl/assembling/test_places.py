"""Regions of quantities and levels of papers, from words that mean the same everywhere."""

from __future__ import annotations

import pytest

from etl.assembling.levels import level_of
from etl.assembling.regions import Regions


@pytest.mark.parametrize(
    ("qualifier", "code"),
    [
        (None, "990100"),
        ("新增", "990100"),
        ("全市", "990100"),
        ("全市 新增", "990100"),
        ("东塘县", "990101"),
        ("东塘", "990101"),
        ("示例省", "990000"),
        ("我市", "990100"),
        ("全国", "990100"),
        ("全区", "990100"),
    ],
)
def test_a_quantity_is_about_the_region_its_qualifier_names(regions: Regions, qualifier: str, code: str) -> None:
    assert regions.region_of(qualifier) == (code, None)


def test_a_whole_province_in_a_city_s_plan_is_taken_as_written_and_said(regions: Regions) -> None:
    code, note = regions.region_of("全省")
    assert code == "990000"
    assert note == "原文作“全省”，按示例省计；公文由青禾市的机关印发，是否有误，原文不明"


def test_without_a_vocabulary_of_regions_there_is_none() -> None:
    assert Regions([], "990100").region_of("全市") == (None, None)


@pytest.mark.parametrize(
    ("body", "full"),
    [
        ("市水利局", "青禾市水利局"),
        ("省水利厅", "示例省水利厅"),
        ("市场监督管理局", "市场监督管理局"),
        ("市直有关部门", "市直有关部门"),
        ("县水利局", "县水利局"),
        ("青禾市水利局", "青禾市水利局"),
    ],
)
def test_a_body_of_the_own_region_is_known_by_its_full_name(regions: Regions, body: str, full: str) -> None:
    assert regions.full_name(body) == full


@pytest.mark.parametrize(
    ("title", "number", "before", "level"),
    [
        ("关于深化改革的意见", "国发〔2016〕1号", "", "国家"),
        ("关于深化改革的意见", "国办发〔2016〕1号", "", "国家"),
        ("关于深化改革的意见", "苏政发〔2016〕1号", "", "省"),
        ("关于深化改革的意见", "青政办发〔2016〕1号", "", "市"),
        ("关于深化改革的意见", None, "落实好省委、市", "市"),
        ("关于深化改革的意见", None, "按照国务院印发的", "国家"),
        ("关于深化改革的意见", None, "落实市《关于六条措施》和", "市"),
        ("关于深化改革的意见", None, "", "其他"),
        ("青禾市创新行动方案", None, "", "市"),
        ("示例省青禾市创新行动方案", None, "", "市"),
        ("东塘行动方案", None, "", "县"),
        ("国家中长期科学和技术发展规划纲要", None, "", "国家"),
        ("全国科技工作要点", None, "", "国家"),
        ("2017年市科技工作要点", None, "", "市"),
        ("市场准入负面清单", None, "", "其他"),
    ],
)
def test_the_level_of_a_paper(regions: Regions, title: str, number: str | None, before: str, level: str) -> None:
    assert level_of(title, number, [before], regions) == level
