"""What the door to published data finds, whole results compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.declaration import Collection
from etl.releasing.current import Build
from portal.published import Link, Part, Published, PublishedCollection, UnknownColumnError

TARGET = "zjstb-zkd-2017-13.agri-progress-share"


@pytest.fixture
def zhenjiang(published: Published) -> PublishedCollection:
    found = published.collection("zhenjiang-stb")
    assert found is not None
    return found


def test_collections_are_served_by_name_with_their_declaration(published: Published) -> None:
    assert [c.name for c in published.collections()] == ["qinghe-joint", "zhenjiang-stb"]
    assert [c.collection.id_prefix for c in published.collections()] == ["qhx", "zjstb"]
    assert published.collection("nowhere") is None


def test_nothing_is_served_from_a_folder_that_is_empty_or_missing(tmp_path: Path) -> None:
    assert Published(tmp_path).collections() == ()
    assert Published(tmp_path / "none").collections() == ()


def test_a_row_has_its_columns_in_order_and_booleans_are_booleans(zhenjiang: PublishedCollection) -> None:
    row = zhenjiang.row("target", TARGET)
    assert row is not None
    assert tuple(row) == zhenjiang.collection.table("target").columns
    assert (row["value"], row["year"], row["is_borderline"], row["task_id"]) == (
        66.6,
        2017,
        False,
        "zjstb-zkd-2017-13.t08",
    )
    assert zhenjiang.row("target", "nothing") is None


def test_rows_are_filtered_ordered_and_paged(zhenjiang: PublishedCollection) -> None:
    def names(**asked: Any) -> list[str]:
        return [r["name"] for r in zhenjiang.rows("region", **asked)]

    assert names() == ["江苏省", "镇江市"]
    assert names(order="-level") == ["江苏省", "镇江市"]
    assert names(limit=1, offset=1) == ["镇江市"]
    assert names(filters={"level": "市"}) == ["镇江市"]
    assert names(filters={"parent_code": None}) == names(filters={"parent_code": ""}) == ["江苏省"]
    assert names(filters={"is_local_code": "false", "level": "省"}) == ["江苏省"]
    assert zhenjiang.count("region", {"is_local_code": "true"}) == 0
    assert zhenjiang.count("target", {"year": "2017"}) == 2


@pytest.mark.parametrize("column", ["nothing", '"; DROP TABLE target; --', ""])
def test_an_unknown_column_is_refused_in_words(zhenjiang: PublishedCollection, column: str) -> None:
    with pytest.raises(UnknownColumnError, match="这一列"):
        zhenjiang.rows("target", {column: "1"})
    with pytest.raises(UnknownColumnError, match="这一列"):
        zhenjiang.rows("target", order=column or "-")


def test_a_stream_gives_all_rows_in_chunks(zhenjiang: PublishedCollection) -> None:
    chunks = list(zhenjiang.stream("target"))
    assert [[r["target_id"] for r in chunk] for chunk in chunks] == [["zjstb-rd-intensity.2017-321100-plan", TARGET]]
    assert list(zhenjiang.stream("progress")) == []


def test_distinct_values_come_with_their_numbers(zhenjiang: PublishedCollection) -> None:
    assert zhenjiang.distinct("target", "unit") == [("%", 2)]
    assert zhenjiang.distinct("target", "task_id") == [("zjstb-zkd-2017-13.t08", 1)]


def test_foreign_keys_are_named_by_the_label_of_what_they_mean(zhenjiang: PublishedCollection) -> None:
    labels = zhenjiang.labels("target", zhenjiang.rows("target"))
    assert labels["region_code"] == {"321100": Link("region", "321100", "镇江市", None)}
    assert labels["task_id"] == {
        "zjstb-zkd-2017-13.t08": Link(
            "task", "zjstb-zkd-2017-13.t08", "实施农业科技支撑计划", "/tasks/zjstb-zkd-2017-13.t08"
        )
    }
    assert labels["passage_id"]["zjstb-zkd-2017-13.p003"].url == "/notices/zjstb-zkd-2017-13#zjstb-zkd-2017-13.p003"


def test_rows_that_name_a_row_are_found(zhenjiang: PublishedCollection) -> None:
    found = zhenjiang.referring("indicator", "zjstb-agri-progress-share")
    assert [(r.table.name, r.column, r.total, len(r.rows)) for r in found] == [
        ("target", "indicator_id", 1, 1),
        ("lookup", "indicator_id", 1, 1),
    ]
    passages = zhenjiang.referring("notice", "zjstb-zkd-2017-13", limit=2)[0]
    assert (passages.table.name, passages.total, len(passages.rows)) == ("passage", 3, 2)


def test_a_row_is_found_by_its_address_in_whichever_collection(published: Published) -> None:
    found = published.find("indicators", "qhx-forest")
    assert found is not None
    assert (found.published.name, found.table.name, found.row["name"]) == ("qinghe-joint", "indicator", "森林覆盖率")
    assert published.find("targets", "qhx-forest") is None
    assert published.find("nowhere", "qhx-forest") is None


@pytest.mark.parametrize(
    ("query", "tables"),
    [
        ("研", {"target", "indicator", "reported"}),
        ("研发", {"target", "indicator", "reported"}),
        ("农业科", {"target", "indicator", "task", "passage"}),
        ("农业科技进步", {"target", "indicator", "task", "passage"}),
        ("贡献率 农业", {"target", "indicator", "task", "passage"}),
        ("森林", {"indicator"}),
        ("没有这样的词", set()),
        ("", set()),
        ('"*^() OR NEAR', set()),
    ],
)
def test_words_of_any_length_are_found(published: Published, query: str, tables: set[str]) -> None:
    found = published.search(query)
    assert {table for _, table in found.counts} == tables
    assert found.total == sum(found.counts.values()) == len(found.hits)


def test_a_hit_says_what_it_is_and_marks_what_was_searched(published: Published) -> None:
    found = published.search("农业科技进步", collection="zhenjiang-stb")
    first, passage = found.hits[0], next(h for h in found.hits if h.table == "passage")
    assert first.label == "农业科技进步贡献率"
    assert passage.url == "/notices/zjstb-zkd-2017-13#zjstb-zkd-2017-13.p003"
    assert passage.snippet == (Part("全市"), Part("农业科技进步", marked=True), Part("贡献率达到66.6%。"))


def test_a_search_is_narrowed_and_paged(published: Published) -> None:
    assert [h.id for h in published.search("研发", table="indicator").hits] == ["zjstb-rd-intensity"]
    assert published.search("研发", collection="qinghe-joint").total == 0
    both = published.search("研发").hits
    assert published.search("研发", limit=1, offset=1).hits == both[1:2]
    assert published.search("研发", limit=1).total == 3


def test_the_public_text_of_a_source_is_masked(zhenjiang: PublishedCollection) -> None:
    text = zhenjiang.source_text("zjstb-src-c8cbd21351")
    assert text is not None and "主办：███████" in text
    assert zhenjiang.source_text("../../etc/passwd") is None


def test_a_new_build_is_served_without_a_restart(
    tmp_path: Path, second: Collection, publish: Callable[..., Build]
) -> None:
    published = Published(tmp_path)
    for version, name in [("1.0.0", "森林覆盖率"), ("1.1.0", "森林覆盖率（修订）")]:
        row = {"indicator_id": "qhx-forest", "slug": "forest", "name": name, "status": "accepted"}
        publish(tmp_path, second, {"indicator": [row]}, {}, version)
        found = published.find("indicators", "qhx-forest")
        assert found is not None
        assert (found.published.build.version, found.row["name"]) == (version, name)


def test_a_build_that_cannot_be_read_leaves_the_last_one_in_place(
    tmp_path: Path, second: Collection, publish: Callable[..., Build]
) -> None:
    published = Published(tmp_path)
    publish(tmp_path, second, {}, {})
    before = published.collections()
    (tmp_path / second.name / "current.json").write_text("{", "utf-8")
    assert [(c.name, c.build.folder) for c in published.collections()] == [(c.name, c.build.folder) for c in before]
    (before[0].build.folder / "datapackage.json").write_text("{", "utf-8")
    assert [c.name for c in published.collections()] == ["qinghe-joint"]


def test_nothing_can_be_written(zhenjiang: PublishedCollection) -> None:
    with pytest.raises(Exception, match="readonly"):
        zhenjiang.select("DELETE FROM target")
