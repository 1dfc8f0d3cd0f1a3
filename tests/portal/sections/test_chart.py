"""The small chart: everything drawn lies inside it, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.sections.rows.chart import Point, draw, scale

VALUES = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


def point(year: int, value: float, kind: str = "reported") -> Point:
    return Point(year, value, kind, None)


def test_a_single_value_needs_no_chart() -> None:
    assert draw([point(2017, 49.3)]) is None
    assert draw([]) is None


def test_years_run_to_the_right_and_values_up() -> None:
    chart = draw([point(2014, 48.7), point(2017, 49.3)])
    assert chart is not None
    first, second = chart.dots
    assert first.x < second.x
    assert first.y > second.y
    assert [t.label for t in chart.years] == [2014, 2017]


def test_two_values_of_one_year_stand_one_above_the_other() -> None:
    chart = draw([point(2017, 22.4), point(2017, 22.5)])
    assert chart is not None
    assert chart.dots[0].x == chart.dots[1].x
    assert chart.dots[0].y > chart.dots[1].y


@given(st.lists(st.tuples(st.integers(1990, 2050), VALUES), min_size=2, max_size=12))
def test_every_dot_and_tick_lies_inside_the_picture(given_points: list[tuple[int, float]]) -> None:
    chart = draw([point(y, v) for y, v in given_points])
    assert chart is not None
    assert all(chart.left <= d.x <= chart.right and 0 <= d.y <= chart.height for d in chart.dots)
    assert all(0 <= t.at <= chart.height for t in chart.values)


@given(VALUES, VALUES)
def test_the_scale_encloses_the_range_in_few_steps(a: float, b: float) -> None:
    ticks = scale(min(a, b), max(a, b))
    assert ticks == sorted(ticks)
    assert 3 <= len(ticks) <= 7
