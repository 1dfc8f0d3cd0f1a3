"""The stage as a whole: spans, held text, units, and any text at all."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.document import Chapter, Document, Held, Notice, Parsed, Segment, Task
from etl.extracting import extract
from etl.extracting.folding import flow_of, fold

SEED = Path(__file__).parents[2] / "evaluation" / "notices"
PIECES = st.sampled_from(
    (
        *(
            "新增",
            "企业",
            "家",
            "个",
            "%",
            "亿元",
            "万",
            "增长",
            "达到",
            "由",
            "提高到",
            "从",
            "分别",
            "均",
            "各",
            "等",
        ),
        *(
            "以上",
            "左右",
            "3",
            "12.5",
            "７",
            "翻一番",
            "2017年",
            "三",
            "的",
            "其中",
            "去年",
            "1:2",
            "单位",
            "指标",
            "2020年",
        ),
        *"、，。；：（）《》“”\n\t\u3000 .-～",
    )
)


def spans_are_exact(document, found):
    for row in (*found.targets, *found.reported):
        assert document.text[row.start : row.end] == row.quote
        assert row.start <= row.number_start < row.number_end <= row.end
    for one in found.rejected:
        assert document.text[one.start : one.end] == one.quote


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_an_error_and_with_exact_spans(text):
    document = Document(text)
    spans_are_exact(document, extract(document, Parsed(Notice(plan_year=2020))))


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_character_of_a_flow_has_its_origin(text):
    flow = flow_of(text)
    folded = fold(text)
    assert all(folded[flow.origin(place)] == c for place, c in enumerate(flow.text) if c not in "\n\t ")


def test_seed_is_read_exactly():
    text = (SEED / "text" / "seed.txt").read_bytes().decode()
    gold = json.loads((SEED / "gold" / "seed.json").read_text(encoding="utf-8"))
    found = extract(Document(text), Parsed(Notice(plan_year=2017, written_on="2017-02-15")))
    rows = [(r.name, r.subject_qualifier, r.comparator, r.value, r.value_min, r.unit, r.year) for r in found.targets]
    keys = ("name", "subject_qualifier", "comparator", "value", "value_min", "unit", "year")
    assert rows == [tuple(row.get(key) for key in keys) for row in gold["targets"]]
    assert found.reported == ()


def test_held_and_furniture_are_not_read():
    text = "新增企业30家，见新建项目9个。\n访问量100个"
    document = Document(
        text, segments=(Segment(17, len(text), "line 2", "furniture"),), held=(Held(8, 16, "link", "", ""),)
    )
    found = extract(document, Parsed(Notice()))
    assert [row.quote for row in found.targets] == ["新增企业30家"]


def test_rows_carry_task_confidence_rules_and_plain_unit():
    text = "1.完成投资6亿元。"
    task = Task("1", None, "", text, (), None, 0, len(text))
    [row] = extract(Document(text), Parsed(Notice(plan_year=2020), tasks=(task,))).targets
    assert (row.task, row.normalised_value, row.normalised_unit) == ("1", 600000000, "元")
    assert (row.number_start, row.number_end, row.confidence) == (6, 7, 0.97)
    assert {"unit-money", "verb-act"} <= set(row.rules)


@pytest.mark.parametrize("title", ["2019年工作回顾", "发展基础", "主要成绩"])
def test_numbers_of_a_review_chapter_are_facts(title):
    text = f"一、{title}\n新增企业30家。"
    chapter = Chapter(1, "一、", title, 0, len(text), len(title) + 2)
    found = extract(Document(text), Parsed(Notice(plan_year=2020), chapters=(chapter,)))
    assert (found.targets, [(row.value, row.year) for row in found.reported]) == ((), [(30, 2019)])


def test_extraction_is_a_pure_function():
    document = Document("新增企业30家，增长5%。")
    assert extract(document, Parsed(Notice())) == extract(document, Parsed(Notice()))


@pytest.mark.parametrize(
    "text",
    [
        "新增企业1个" * 2000,
        "从1家增加到2家" * 1500,
        "1万元甲" * 3000,
        "（" * 20000 + "新增3个",
        "1" * 50000 + "个",
        "三" * 50000,
        "1个\n" * 4000,
        "指标\t单位\t2020年\n" * 2000,
        "、和各均分别" * 5000 + "增长5%",
    ],
    ids=["verbs", "baselines", "attributes", "brackets", "digits", "numerals", "lines", "tables", "lists"],
)
def test_no_text_takes_long(text):
    began = time.process_time()
    extract(Document(text), Parsed(Notice(plan_year=2020)))
    assert time.process_time() - began < 4


@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_kept_character_is_found_again_from_its_origin(text):
    flow = flow_of(text)
    kept = [place for place, c in enumerate(flow.text) if c not in "\n\t "]
    assert [flow.place(flow.origin(place)) for place in kept] == kept
