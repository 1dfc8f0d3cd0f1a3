"""The catalogue's scores, and how each practice of the field is met, with a link that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

from etl.catalogue import dcat, mqa
from etl.catalogue.record import Catalogue
from portal.published import Published

SCORED = 100
"""Datasets that the page looks at: the first page of the catalogue."""


@dataclass(frozen=True)
class Assessment:
    """What the catalogue got: the lowest and the mean score by the best distribution, the mean over all, per metric."""

    datasets: int
    least: int
    best: float
    average: float
    points: dict[str, float]

    @property
    def rating(self) -> Any:
        """The word for it, in two languages."""
        return mqa.rating(self.best)


def assessment(catalogue: Catalogue) -> Assessment | None:
    """The scores of the catalogue's first datasets; an address counts as reachable where the record has its file."""
    shown = list(islice(catalogue.datasets, SCORED))
    if not shown:
        return None
    address = catalogue.site.address
    there = {d.url for d in shown} | {address + f.path for d in shown for f in d.files}
    scores = list(mqa.scores(dcat.part(catalogue, shown), there.__contains__))
    points = {name: fmean(s.points[name] for s in scores) for name in scores[0].points}
    bests = [s.best for s in scores]
    return Assessment(len(scores), min(bests), fmean(bests), fmean(s.average for s in scores), points)


def practices(published: Published) -> list[dict[str, Any]]:
    """The W3C's 35 best practices."""
    return _proved("practices", published)


def principles(published: Published) -> list[dict[str, Any]]:
    """F-UJI's 17 metrics."""
    return _proved("fair", published)


def _proved(name: str, published: Published) -> list[dict[str, Any]]:
    """The entries with the paths of their proofs; none before anything is published."""
    parts = _parts(published)
    return [{**entry, "link": _link(entry, parts, published)} for entry in _read(name)] if parts else []


def _link(entry: dict[str, Any], parts: dict[str, str], published: Published) -> str:
    """The path of the proof; the collection's page where it lacks the table that would prove it."""
    served = published.collection(parts["collection"])
    wanted = entry.get("table")
    if wanted and (served is None or wanted not in served.collection.by_name):
        return f"/catalogue/{parts['collection']}/"
    return str(entry["link"]).format(**parts)


def _parts(published: Published) -> dict[str, str] | None:
    """A collection, a table of it whose rows have pages, and the path of such a row."""
    for served in published.collections():
        for table in served.collection.tables:
            # Where rows have sentences, one that does proves more.
            rows = served.rows(table.name, limit=1) if table.address else []
            if rows:
                row = f"/{table.address}/{rows[0][table.key]}"
                return {"collection": served.name, "table": table.name, "row": row}
    return None


@cache
def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text("utf-8"))
    return found
