"""Every rule's examples, run as its tests."""

from __future__ import annotations

import pytest

from etl.extracting.marks import find_marks, weigh_heading
from etl.extracting.rulebook import CONCERNS, every_rule, rules_of

SURE = 2.5

EXAMPLES = [
    pytest.param(rule["id"], example, id=f"{rule['id']}-{place}")
    for rule in every_rule()
    if "weight" not in rule
    for place, example in enumerate(rule["examples"])
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_reads_as_written(rule, example, read, in_brief):
    text, _, rows = example.rpartition(" ->")
    found = read(text)
    wanted = [row.strip() for row in rows.split(" ; ") if row.strip()]
    facts = () if rule.startswith("table-") else found.reported
    numbers = sorted((*found.targets, *facts), key=lambda row: row.number_start)
    assert [in_brief(row) for row in numbers] == wanted


WEIGHED = [pytest.param(rule, id=rule["id"]) for rule in rules_of("tense")]


@pytest.mark.parametrize("rule", WEIGHED)
def test_evidence_of_tense_is_seen(rule, read):
    for example in rule["examples"]:
        if rule["role"] != "mark":
            assert weigh_heading(example, rule["role"]) == (rule["weight"], rule["id"])
            continue
        assert rule["id"] in {mark.rule for mark in find_marks(example)}
        if abs(rule["weight"]) >= SURE:
            found = read(example, plan_year=None)
            assert bool(found.reported) == (rule["weight"] > 0)


@pytest.mark.parametrize("concern", CONCERNS)
def test_rules_have_an_id_and_a_comment(concern):
    rules = rules_of(concern)
    assert all(rule["id"] and rule["comment"] and "examples" in rule for rule in rules)
    assert len({rule["id"] for rule in rules}) == len(rules)


def test_no_two_concerns_share_an_id():
    ids = [rule["id"] for rule in every_rule()]
    assert len(set(ids)) == len(ids)


REJECTING = [
    pytest.param(rule["id"], example.removesuffix(" ->"), id=f"{rule['id']}-{place}")
    for rule in rules_of("rejects")
    for place, example in enumerate(rule["examples"])
    if example.endswith(" ->")
]


@pytest.mark.parametrize(("rule", "text"), REJECTING)
def test_rejected_number_names_its_rule_and_a_reason(rule, text, read):
    rejected = read(text).rejected
    assert rule in {one.rule for one in rejected}
    assert all(one.reason and text[one.start : one.end] == one.quote for one in rejected)
