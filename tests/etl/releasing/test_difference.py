"""The difference of two states: exact, and enough to go from either to the other."""

from __future__ import annotations

import copy
import random
import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.declaration import load
from etl.releasing.difference import Change, difference
from etl.releasing.state import StateError, state_of
from etl.tables import Rows
from tests.etl.conftest import FOLDER, small_rows

SMALL = load(FOLDER)
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
_ROW = st.fixed_dictionaries(
    {
        "region_code": st.text(string.ascii_lowercase, min_size=1, max_size=2),
        "name": st.none() | _TEXT,
        "parent_code": st.none() | _TEXT,
    }
)
_TARGET = st.fixed_dictionaries(
    {
        "target_id": st.sampled_from(["sm-1.a", "sm-1.b", "sm-1.c"]),
        "value": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "year": st.none() | st.integers(1949, 2100),
        "name": _TEXT,
    }
)


def keyed(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return list({row[key]: row for row in rows}.values())


STATES = st.builds(
    lambda regions, targets: {"region": keyed(regions, "region_code"), "target": keyed(targets, "target_id")},
    st.lists(_ROW, max_size=6),
    st.lists(_TARGET, max_size=4),
)


@given(STATES, STATES)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_applied_forwards_it_gives_the_new_and_backwards_the_old(old: Rows, new: Rows) -> None:
    changes = difference(old, new, SMALL.tables)
    before, after = state_of(SMALL, old), state_of(SMALL, new)
    before.apply(changes)
    assert before.cells == state_of(SMALL, new).cells
    after.apply(reversed(changes), backwards=True)
    assert after.cells == state_of(SMALL, old).cells


@given(STATES, STATES)
@settings(max_examples=50, deadline=None)
def test_the_order_of_rows_does_not_matter(old: Rows, new: Rows) -> None:
    shuffled = {name: random.Random(7).sample(rows, len(rows)) for name, rows in new.items()}  # noqa: S311
    assert difference(old, shuffled, SMALL.tables) == difference(old, new, SMALL.tables)
    assert difference(new, shuffled, SMALL.tables) == []


def test_a_cell_a_row_that_came_and_one_that_went() -> None:
    old, new = small_rows(), copy.deepcopy(small_rows())
    new["target"][0]["value"] = 2.66
    new["region"][0]["region_code"] = "980000"
    assert difference(old, new, SMALL.tables) == [
        Change("target", "sm-2017-1.rd", "value", "2.65", "2.66"),
        Change("region", "980000", "", "", '{"region_code":"980000","name":"青禾省"}'),
        Change("region", "990000", "", '{"region_code":"990000","name":"青禾省"}', ""),
    ]


def test_numbers_that_are_written_alike_are_alike() -> None:
    old, new = small_rows(), small_rows()
    old["target"][1]["value_min"], new["target"][1]["value_min"] = 3, 3.0
    old["region"][0]["parent_code"], new["region"][0]["parent_code"] = None, ""
    assert difference(old, new, SMALL.tables) == []


def test_releases_are_no_content() -> None:
    old, new = small_rows(), small_rows()
    new["release"] = []
    assert difference(old, new, SMALL.tables) == []


@pytest.mark.parametrize(
    "change",
    [
        Change("region", "990000", "name", "别的", "新"),
        Change("region", "没有", "name", "", "新"),
        Change("region", "没有", "", "{}", ""),
        Change("region", "990000", "", "", '{"region_code":"990000"}'),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change) -> None:
    state = state_of(SMALL, small_rows())
    with pytest.raises(StateError, match="变更簿与数据不合（表 region 行"):
        state.apply([change])
