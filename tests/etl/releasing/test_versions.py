"""Which change asks for which version."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from etl.declaration import from_descriptor
from etl.publishing.histories import content_of, read_release
from etl.publishing.issuing import IssueError
from tests.etl.releasing.conftest import Publisher

Descriptor = dict[str, Any]
REGION = 5


def fields(descriptor: Descriptor, table: int = REGION) -> list[Descriptor]:
    found: list[Descriptor] = descriptor["resources"][table]["schema"]["fields"]
    return found


def add_column(d: Descriptor) -> None:
    fields(d).append({"name": "note", "type": "string", "title": "备注", "title_en": "Note"})


def describe(d: Descriptor) -> None:
    fields(d)[1]["description"] = "地区的名称"


def rename_package(d: Descriptor) -> None:
    d["title"] = "小数据集"


def add_table(d: Descriptor) -> None:
    d["resources"].insert(0, {**copy.deepcopy(d["resources"][REGION]), "name": "zone", "path": "data/zone.csv"})


def remove_column(d: Descriptor) -> None:
    del fields(d, 1)[4]


def retype(d: Descriptor) -> None:
    fields(d, 1)[4]["type"] = "string"


def change_licence(d: Descriptor) -> None:
    d["licenses"] = [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}]


def change_unit(d: Descriptor) -> None:
    fields(d, 3)[6]["unit"] = "%"


MAJOR = [remove_column, retype, change_licence, change_unit]
CASES = [(add_column, "1.1.0"), (add_table, "1.1.0"), (describe, "1.0.1"), (rename_package, "1.0.1")]


def redeclared(publisher: Publisher, change: Callable[[Descriptor], None]) -> None:
    descriptor = copy.deepcopy(publisher.collection.descriptor)
    change(descriptor)
    publisher.collection = from_descriptor(descriptor, publisher.folder)


@pytest.mark.parametrize(("change", "version"), CASES, ids=lambda case: getattr(case, "__name__", case))
def test_a_change_of_the_declaration(change: Callable[[Descriptor], None], version: str, publisher: Publisher) -> None:
    publisher.release()
    redeclared(publisher, change)
    assert publisher.release().version == version


@pytest.mark.parametrize("change", MAJOR, ids=lambda change: change.__name__)
def test_a_breaking_change_is_refused_without_being_asked_for(
    change: Callable[[Descriptor], None], publisher: Publisher
) -> None:
    publisher.release()
    redeclared(publisher, change)
    if change is remove_column:
        del publisher.rows["notice"][0]["is_complete"]
    with pytest.raises(IssueError, match=r"没有发布：确要如此，请加 --major（将是 2\.0\.0）。"):
        publisher.release()
    assert len(publisher.history.recorded) == 1


def test_a_breaking_change_that_was_asked_for_can_be_undone(publisher: Publisher) -> None:
    first = publisher.release()
    redeclared(publisher, remove_column)
    del publisher.rows["notice"][0]["is_complete"]
    assert publisher.release(major=True).version == "2.0.0"
    last = read_release(publisher.of("2.0.0"))
    past = content_of(publisher.history, "1.0.0", last)
    assert past.rows["notice"][0]["is_complete"] is True
    assert past.is_of(publisher.history.recorded[0])
    assert first.version == "1.0.0"


def test_rows(publisher: Publisher) -> None:
    publisher.release()
    assert publisher.titled("改").release().version == "1.0.1"
    publisher.rows["region"].append({"region_code": "990200", "name": "白水县", "parent_code": "990000"})
    assert publisher.release().version == "1.1.0"
    publisher.rows["region"].pop()
    assert publisher.release().version == "1.2.0"
    assert publisher.plan() is None


def test_a_day_before_the_last_release_is_refused(publisher: Publisher) -> None:
    publisher.release(released_on="2026-12-01")
    assert publisher.titled("改").release().released_on == "2026-12-01"
    publisher.titled("再改")
    with pytest.raises(IssueError, match="发布日期 2026-11-30 早于上一版的 2026-12-01：请改正 --date。"):
        publisher.release(released_on="2026-11-30")


def test_without_any_day_one_must_be_given(publisher: Publisher) -> None:
    publisher.rows["source"][0]["captured_at"] = None
    with pytest.raises(IssueError, match="请用 --date 写明发布日期"):
        publisher.release()
    assert publisher.release(released_on="2026-12-01").released_on == "2026-12-01"
