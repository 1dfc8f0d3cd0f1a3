"""The quality assessment: what is scored, what costs points, and the EU's own lists."""

from __future__ import annotations

import copy
import csv
import os
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue import dcat, mqa
from etl.catalogue.record import Catalogue
from etl.catalogue.vocabulary import authority, media_type_uri, vocabulary


@pytest.fixture
def graph(catalogue: Catalogue) -> dict[str, Any]:
    page = dcat.page(catalogue, 1)
    assert page is not None
    return copy.deepcopy(page)


def first(graph: dict[str, Any]) -> dict[str, Any]:
    return next(n for n in graph["@graph"] if n["@type"] == "dcat:Dataset")


def test_there_are_405_points_in_five_dimensions() -> None:
    assert [d.points for d in mqa.dimensions()] == [100, 100, 110, 75, 20]
    assert sum(d.points for d in mqa.dimensions()) == mqa.MOST == 405


def test_every_dataset_gets_all_points_by_its_best_distribution(graph: dict[str, Any]) -> None:
    scores = list(mqa.scores(graph, lambda _: True))
    assert {s.best for s in scores} == {405}
    # SQLite is no open format by the EU's list, where it has the code of any binary file.
    assert {round(s.average, 2) for s in scores} == {round((405 + 405 + 385) / 3, 2)}


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        *(("keyword", 30), ("theme", 30), ("spatial", 20), ("temporal", 20), ("accessRights", 15)),
        *(("contactPoint", 20), ("publisher", 10), ("issued", 5), ("modified", 5), ("title", 30)),
    ],
)
def test_what_is_missing_costs_its_points(graph: dict[str, Any], name: str, lost: int) -> None:
    del first(graph)[name]
    assert next(mqa.scores(graph, lambda _: True)).best == 405 - lost


def test_an_address_that_does_not_answer_costs_its_points(graph: dict[str, Any]) -> None:
    assert next(mqa.scores(graph, lambda _: False)).best == 405 - 80
    assert next(mqa.scores(graph, lambda url: "." not in url.rpartition("/")[2])).best == 405 - 30


def test_a_licence_of_ones_own_is_no_known_one(graph: dict[str, Any]) -> None:
    for distribution in first(graph)["distribution"]:
        distribution["license"] = {"@id": "https://example.org/own-licence"}
    assert next(mqa.scores(graph, lambda _: True)).best == 395


def test_ratings_have_their_bounds() -> None:
    assert [mqa.rating(p).en for p in (405, 351, 350, 221, 121, 120, 0)] == [
        *("Excellent", "Excellent", "Good", "Good", "Sufficient", "Bad", "Bad")
    ]


def test_our_codes_are_those_of_the_eu(standards: Path) -> None:
    def column(name: str, number: int = 0) -> set[str]:
        with (standards / "eu-vocabularies" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return {row[number] for row in csv.reader(file)}

    types, readable, free = column("file-types"), column("machine-readable"), column("non-proprietary")
    for form in vocabulary()["formats"].values():
        uri = authority("file-type", form["code"])
        assert uri in types
        assert (uri in free, uri in readable) == (form["open"], form["readable"]), form
        assert media_type_uri(form["media_type"]) in column("media-types")
    known = column("licenses", 2)
    assert all(authority("licence", one["code"]) in known for one in vocabulary()["licences"].values())
    assert authority("access-right", "PUBLIC") in column("access-right")


@pytest.fixture(scope="module")
def standards() -> Path:
    folder = os.environ.get("STANDARDS_DIR")
    if not folder:
        assert not os.environ.get("CI"), "STANDARDS_DIR is not set"
        pytest.skip("没有欧盟词表：请把 STANDARDS_DIR 指到存放标准文件的文件夹。")
    return Path(folder)
