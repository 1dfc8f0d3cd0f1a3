"""Every rule is tested by its own examples."""

import pytest

from etl.parsing.page import fold
from etl.parsing.rules import FOLDER, Example, Rule, table, tables

RULES = [(name, rule) for name in tables() for rule in table(name)]
EXAMPLES = [(name, rule, example) for name, rule in RULES for example in rule.examples]


@pytest.mark.parametrize(("name", "rule", "example"), EXAMPLES, ids=lambda v: getattr(v, "id", getattr(v, "text", v)))
def test_each_example_gives_what_it_says(name: str, rule: Rule, example: Example) -> None:
    found = rule.pattern.search(fold(example.text))
    if example.none:
        assert found is None
        return
    assert found is not None
    read = {group: found[int(group) if group.isdigit() else group] for group in example.gives}
    assert read == {group: fold(value) for group, value in example.gives.items()}


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda v: getattr(v, "id", v))
def test_each_rule_says_what_it_is_for_and_shows_it(name: str, rule: Rule) -> None:
    assert rule.comment
    assert any(not example.none for example in rule.examples)


@pytest.mark.parametrize("name", tables())
def test_the_ids_of_a_table_are_its_own(name: str) -> None:
    ids = [rule.id for rule in table(name)]
    assert sorted(ids) == sorted(set(ids))


def test_every_table_is_a_file_of_the_folder() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*tables(), "macros"}
