"""CKAN's search over the record: terms, fields, ranges, order, pages, facets."""

from __future__ import annotations

import pytest

from etl.catalogue.ckan_search import Found, QueryError, search
from etl.catalogue.record import Catalogue


def found(catalogue: Catalogue, query: str = "", filters: str = "", sort: str = "", rows: int = 1000) -> Found:
    return search(catalogue, query, filters, sort, 0, rows, ())


def count(catalogue: Catalogue, query: str = "", filters: str = "") -> int:
    return found(catalogue, query, filters, rows=0).count


@pytest.mark.parametrize(
    ("query", "filters", "collections"),
    [
        ("", "", {"zhenjiang-stb", "qinghe-joint"}),
        ("*:*", "", {"zhenjiang-stb", "qinghe-joint"}),
        ("青禾", "", {"qinghe-joint"}),
        ("QINGHE", "", {"qinghe-joint"}),
        ("", 'organization:"zjstb-org-bureau"', {"zhenjiang-stb"}),
        ("", "groups:(zhenjiang-stb OR qinghe-joint)", {"zhenjiang-stb", "qinghe-joint"}),
        ("", "-groups:zhenjiang-stb", {"qinghe-joint"}),
        ("title:青禾县", "", {"qinghe-joint"}),
        ("", "metadata_modified:[2026-11-25T00:00:00Z TO *]", {"zhenjiang-stb", "qinghe-joint"}),
        ("", "metadata_modified:[2026-11-26T00:00:00Z TO *]", set()),
        ("", "res_format:CSV AND license_id:CC-BY-4.0", {"zhenjiang-stb", "qinghe-joint"}),
        ("name:zhenjiang-*", "", {"zhenjiang-stb"}),
        ("没有这个词", "", set()),
    ],
)
def test_terms_choose_datasets(catalogue: Catalogue, query: str, filters: str, collections: set[str]) -> None:
    assert {d.series.name for d in found(catalogue, query, filters).datasets} == collections


def test_all_terms_must_hold(catalogue: Catalogue) -> None:
    assert [d.name for d in found(catalogue, "name:zhenjiang-stb-target tags:目标").datasets] == [
        "zhenjiang-stb-target"
    ]


def test_pages_do_not_overlap_and_end(catalogue: Catalogue) -> None:
    total = count(catalogue)
    for sort in ("", "id asc", "name desc", "metadata_modified desc"):
        pages = [search(catalogue, "", "", sort, start, 9, ()).datasets for start in range(0, total + 9, 9)]
        names = [d.name for page in pages for d in page]
        assert len(names) == len(set(names)) == total and pages[-1] == (), sort


def test_names_are_in_the_order_asked_for(catalogue: Catalogue) -> None:
    names = [d.name for d in found(catalogue, sort="name asc").datasets]
    assert names == sorted(names)
    assert [d.name for d in found(catalogue, sort="name desc").datasets] == names[::-1]


def test_facets_count_what_was_found(catalogue: Catalogue) -> None:
    facets = search(catalogue, "", "groups:qinghe-joint", "", 0, 0, ("groups", "res_format")).facets
    size = len(catalogue.collections[1].collection.tables)
    assert facets["groups"] == {"qinghe-joint": size}
    assert facets["res_format"]["CSV"] == size


@pytest.mark.parametrize(
    ("query", "sort"),
    [("nonsense:x", ""), ("", "nonsense"), ("", "name sideways"), ("a " * 60, ""), ("[" * 100_000, "")],
)
def test_what_is_not_understood_is_refused_in_words(catalogue: Catalogue, query: str, sort: str) -> None:
    with pytest.raises(QueryError, match=r"[一-鿿]"):
        found(catalogue, query, sort=sort)
