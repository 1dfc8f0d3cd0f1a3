"""What real notices do, in made-up sentences: each with all the rows that it must give."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
CASES = [
    pytest.param(text, rows, id=f"{group['phenomenon']}-{place}")
    for path in sorted((HERE / "phenomena").glob("*.yaml"))
    for group in yaml.safe_load(path.read_text(encoding="utf-8"))
    for place, (text, rows) in enumerate(group["cases"])
]
YEARS = yaml.safe_load((HERE / "years.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_sentence_gives_exactly_these_rows(text, rows, read, in_brief):
    found = read(text)
    numbers = sorted((*found.targets, *found.reported), key=lambda row: row.number_start)
    assert [in_brief(row) for row in numbers] == rows


@pytest.mark.parametrize("case", YEARS, ids=lambda case: case["phenomenon"])
def test_text_gives_targets_and_facts_with_their_years(case, read, in_brief):
    found = read(case["text"], case.get("plan", 2020))
    rows = [(row, "target") for row in found.targets] + [(row, "reported") for row in found.reported]
    rows.sort(key=lambda pair: pair[0].number_start)
    assert [[kind, in_brief(row), row.year] for row, kind in rows] == case["rows"]


def test_second_statement_is_flagged_and_counted_once(read):
    assert [row.flags for row in read("新增企业50家。要确保新增企业50家。").targets] == [(), ("dup",)]


def test_existing_projects_are_borderline(read):
    assert [row.flags for row in read("抓好物流、商贸等6个重点项目。").targets] == [("borderline",)]


def test_headline_that_repeats_the_body_is_left_out(read):
    found = read("全县将新建20所幼儿园\n据了解，全县今年将新建20所幼儿园。")
    assert [row.start for row in found.targets] == [16]
    assert [one.rule for one in found.rejected] == ["headline"]
