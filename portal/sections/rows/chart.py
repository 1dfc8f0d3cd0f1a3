"""A small chart of a series: places computed here, drawn as SVG by the template."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 400, 180
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 16, 32


@dataclass(frozen=True)
class Point:
    """One value of one year: a `target` or a `reported` one, and the row that it comes from."""

    year: int
    value: float
    kind: str
    row: Any


@dataclass(frozen=True)
class Dot:
    """A point and its place."""

    point: Point
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """A label on an axis and its place."""

    label: float
    at: float


@dataclass(frozen=True)
class Chart:
    """Dots, ticks of both axes, and the size of the picture."""

    dots: tuple[Dot, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def draw(points: list[Point]) -> Chart | None:
    """The chart of at least two points; `None` where a table says it all."""
    if len(points) < 2:
        return None
    years = sorted({p.year for p in points})
    ticks = scale(min(p.value for p in points), max(p.value for p in points))
    low, high = ticks[0], ticks[-1]
    dots = [Dot(p, _across(p.year, years), _up(p.value, low, high)) for p in points]
    marked = [Tick(y, _across(y, years)) for y in _apart(years)]
    return Chart(tuple(dots), tuple(marked), tuple(Tick(t, _up(t, low, high)) for t in ticks))


def scale(low: float, high: float) -> list[float]:
    """Three to six round values that enclose a range.

    >>> scale(32, 55)
    [30, 40, 50, 60]
    >>> scale(66.6, 66.6)
    [66.5, 67.0, 67.5]
    """
    span = high - low
    if span < 1e-9 * max(1.0, abs(high)):
        span = 1.0
    magnitude = 10 ** math.floor(math.log10(span))
    step = next(m * magnitude for m in (0.5, 1, 2, 5, 10) if span / (m * magnitude) <= 4)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 2)
    return [round(i * step, 10) for i in range(first, last + 1)]


def _across(year: int, years: list[int]) -> float:
    span = years[-1] - years[0]
    share = (year - years[0]) / span if span else 0.5
    return round(LEFT + 16 + share * (WIDTH - LEFT - RIGHT - 32), 1)


def _up(value: float, low: float, high: float) -> float:
    return round(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)


def _apart(years: list[int]) -> list[int]:
    """The years whose labels do not run into each other."""
    kept = [years[0]]
    for year in years[1:]:
        if _across(year, years) - _across(kept[-1], years) >= 36:
            kept.append(year)
    return kept
