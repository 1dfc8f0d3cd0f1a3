"""The EU's metadata quality assessment over a catalogue in our JSON-LD: 405 points, counted as the methodology says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl.catalogue.record import Text
from etl.catalogue.vocabulary import EU, authority, media_type_uri, vocabulary

Node = dict[str, Any]
Reachable = Callable[[str], bool]
MOST = 405
RATINGS = ((351, "优", "Excellent"), (221, "良", "Good"), (121, "及格", "Sufficient"), (0, "差", "Bad"))
MANDATORY = {
    "dcat:Catalog": ("title", "description", "publisher"),
    "dcat:Dataset": ("title", "description"),
    "dcat:DatasetSeries": ("title", "description"),
    "dcat:Distribution": ("accessURL",),
    "dcat:DataService": ("title", "endpointURL"),
    "foaf:Agent": ("foaf:name",),
}


@dataclass(frozen=True)
class Metric:
    """One metric: whose property it looks at, its points, and how this site meets it."""

    name: str
    of: str
    points: int
    property: str
    title: str
    title_en: str
    how: str
    how_en: str


@dataclass(frozen=True)
class Dimension:
    """Metrics that belong together."""

    title: Text
    metrics: tuple[Metric, ...]

    @property
    def points(self) -> int:
        """The most that there is to get."""
        return sum(metric.points for metric in self.metrics)


@dataclass(frozen=True)
class Score:
    """What a dataset got: by the best of its distributions, on average over them, and per metric by the best."""

    dataset: str
    best: int
    average: float
    points: dict[str, int]


@cache
def dimensions() -> tuple[Dimension, ...]:
    """The dimensions and metrics of `mqa.yaml`."""
    read = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return tuple(
        Dimension(Text(d["dimension"]["title"], d["dimension"]["title_en"]), tuple(Metric(**m) for m in d["metrics"]))
        for d in read
    )


def scores(graph: Node, reachable: Reachable) -> Iterator[Score]:
    """The score of every dataset of a graph."""
    nodes = {node["@id"]: node for node in graph["@graph"]}
    conforms = not list(missing(graph["@graph"]))
    for node in graph["@graph"]:
        if node["@type"] == "dcat:Dataset":
            yield _score(node, nodes, reachable, conforms)


def rating(points: float) -> Text:
    """The word for a score."""
    return next(Text(zh, en) for least, zh, en in RATINGS if points >= least)


def missing(nodes: Iterable[Node]) -> Iterator[str]:
    """Mandatory properties that are not there."""
    for node in nodes:
        kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        for name in (name for kind in kinds for name in MANDATORY.get(kind, ())):
            if not node.get(name):
                yield f"{node.get('@id')} {name}"
        yield from missing(node.get("distribution", ()))


def _score(dataset: Node, nodes: dict[str, Node], reachable: Reachable, conforms: bool) -> Score:
    metrics = [metric for dimension in dimensions() for metric in dimension.metrics]
    own = {m.name: m.points * _of_dataset(m.name, dataset, nodes, conforms) for m in metrics if m.of == "dataset"}
    each = [
        {m.name: m.points * _of_distribution(m.name, d, nodes, reachable) for m in metrics if m.of == "distribution"}
        for d in dataset.get("distribution", ())
    ] or [{m.name: 0 for m in metrics if m.of == "distribution"}]
    best = max(each, key=lambda points: sum(points.values()))
    average = sum(sum(points.values()) for points in each) / len(each)
    base = sum(own.values())
    return Score(dataset["@id"], base + sum(best.values()), base + average, own | best)


def _of_dataset(name: str, dataset: Node, nodes: dict[str, Node], conforms: bool) -> bool:
    if name == "conforms":
        return conforms
    if name == "theme":
        return any(_id(theme).startswith(f"{EU}data-theme/") for theme in dataset.get("theme", ()))
    if name == "known_access_rights":
        return _id(dataset.get("accessRights")).startswith(f"{EU}access-right/")
    if name == "contact":
        return _id(dataset.get("contactPoint")) in nodes
    if name == "publisher":
        return bool(nodes.get(_id(dataset.get("publisher")), {}).get("foaf:name"))
    told = {"access_rights": "accessRights"}
    return bool(dataset.get(told.get(name, name)))


def _of_distribution(name: str, distribution: Node, nodes: dict[str, Node], reachable: Reachable) -> bool:
    form, media = _id(distribution.get("format")), _id(distribution.get("mediaType"))
    known = [f for f in vocabulary()["formats"].values() if authority("file-type", f["code"]) == form]
    checks: dict[str, Callable[[], bool]] = {
        "access_url": lambda: reachable(_id(distribution.get("accessURL"))),
        "download_url": lambda: bool(_id(distribution.get("downloadURL"))),
        "download_reachable": lambda: reachable(_id(distribution.get("downloadURL"))),
        "format": lambda: bool(form),
        "media_type": lambda: bool(media),
        "known_format": lambda: any(media_type_uri(f["media_type"]) == media for f in known),
        "open_format": lambda: any(f["open"] for f in known),
        "readable_format": lambda: any(f["readable"] for f in known),
        "licence": lambda: bool(_id(distribution.get("license"))),
        "known_licence": lambda: _id(distribution.get("license")).startswith(f"{EU}licence/"),
        "rights": lambda: bool(distribution.get("rights")),
        "size": lambda: distribution.get("byteSize") is not None,
    }
    return checks[name]()


def _id(value: Any) -> str:
    return str(value.get("@id", "")) if isinstance(value, dict) else ""
