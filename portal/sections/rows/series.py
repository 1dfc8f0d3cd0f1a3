"""An indicator over the years: targets, reported values and vain searches, by region and year."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.published import PublishedCollection, Row
from portal.published.sections import tracker
from portal.sections.rows.chart import Chart, Point, draw


@dataclass
class Cell:
    """What is known of one year in one region; two different reported values stand side by side."""

    year: int | None
    targets: list[Row] = field(default_factory=list)
    reported: list[Row] = field(default_factory=list)
    lookups: list[Row] = field(default_factory=list)

    @property
    def not_found_on(self) -> str | None:
        """The day of the last search that found nothing."""
        return max((x["searched_on"] for x in self.lookups if x["outcome"] == "not_found"), default=None)


@dataclass
class Region:
    """The years of one region, and their chart where there is something to draw."""

    code: str | None
    name: str | None
    name_en: str | None
    cells: list[Cell]
    chart: Chart | None


def series(served: PublishedCollection, indicator_id: str) -> list[Region]:
    """The regions that an indicator has anything for, by their code."""
    kinds = {
        "targets": tracker.targets_of(served, indicator_id),
        "reported": tracker.reported_of(served, indicator_id),
        "lookups": tracker.lookups_of(served, indicator_id),
    }
    named = {r["region_code"]: r for rows in kinds.values() for r in rows}
    return [_region(named[code], kinds) for code in sorted(named, key=lambda c: c or "")]


def _region(named: Row, kinds: dict[str, list[Row]]) -> Region:
    cells: dict[int | None, Cell] = {}
    for kind, rows in kinds.items():
        for row in rows:
            if row["region_code"] == named["region_code"]:
                getattr(cells.setdefault(row["year"], Cell(row["year"])), kind).append(row)
    ordered = [cells[y] for y in sorted(cells, key=lambda y: y or 0)]
    return Region(named["region_code"], named["region_name"], named["region_name_en"], ordered, draw(_points(ordered)))


def _points(cells: list[Cell]) -> list[Point]:
    """What can be drawn: single values in one unit, the most frequent one."""
    rows = [(c.year, kind, r) for c in cells if c.year for kind in ("target", "reported") for r in _rows(c, kind)]
    values = [
        (year, kind, r) for year, kind, r in rows if r["value"] is not None and not r["comparator"].endswith("_by")
    ]
    units = [r["unit"] for _, _, r in values]
    common = max(units, key=units.count, default=None)
    return [Point(year, float(r["value"]), kind, r) for year, kind, r in values if r["unit"] == common]


def _rows(cell: Cell, kind: str) -> list[Row]:
    return cell.targets if kind == "target" else cell.reported
