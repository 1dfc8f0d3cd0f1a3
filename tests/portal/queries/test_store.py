"""Queries that are cited: kept once, run again, refused where no one could run them again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.site import Site
from portal.published import Published
from portal.queries.asked import Asked
from portal.queries.refusal import QueryRefusedError
from portal.queries.store import Queries
from portal.storage import Storage, migrate, open_storage
from tests.portal.bureau import NAME, ROW

SQL = "select name, value from target where target_id = :id"
ASKED = Asked(NAME, "1.0.0", SQL, {"id": ROW, "_shape": "array"})


@pytest.fixture
def queries(released: Published, site: Site, any_storage: Storage) -> Queries:
    return Queries(released, any_storage, site)


def test_a_query_is_kept_with_all_that_verifies_it(queries: Queries) -> None:
    key = queries.store(ASKED)
    kept = queries.find(key)
    assert kept is not None
    assert {
        k: v for k, v in kept.cells().items() if k not in ("query_id", "content_hash", "result_hash", "stored_at")
    } == {
        "collection": NAME,
        "version": "1.0.0",
        "sql_text": SQL,
        "normalised_text": "select name, value from target where target_id = :id",
        "parameters": {"id": ROW},
        "columns": ["name", "value"],
        "row_count": 1,
    }
    assert len(key) == 16
    assert kept.stored_at.endswith("Z")


def test_the_same_query_written_otherwise_is_the_same(queries: Queries) -> None:
    key = queries.store(ASKED)
    other = Asked(NAME, "1.0.0", f"/* 又 */ {SQL.upper().replace(':ID', ':id')} ;", {"id": ROW})
    assert queries.known(other) == key == queries.store(other)


def test_versions_are_told_apart(queries: Queries) -> None:
    first, second = (queries.store(Asked(NAME, v, SQL, {"id": ROW})) for v in ("1.0.0", "1.0.1"))
    values = [queries.again(q).result.rows[0][1] for q in (queries.find(first), queries.find(second)) if q]  # type: ignore[union-attr]
    assert (first != second, values) == (True, [66.6, 66.5])


def test_a_query_that_is_run_again_gives_the_same(queries: Queries) -> None:
    queries.store(ASKED)
    queries.store(Asked(NAME, "1.2.0", "select count(*) from target", {}))
    assert [a.outcome for a in queries.all_again()] == ["same", "same"]


def test_a_result_that_differs_is_found_out(queries: Queries) -> None:
    key = queries.store(ASKED)
    line = json.loads(next(queries.exported()))
    forged = json.dumps({**line, "result_hash": "0" * 64})
    with queries._storage.session() as session:
        session.delete(session.merge(queries.find(key)))
    assert queries.take_in(forged)
    assert [a.outcome for a in queries.all_again()] == ["different"]


def test_queries_move_to_another_machine(queries: Queries, released: Published, site: Site, tmp_path: Path) -> None:
    queries.store(ASKED)
    lines = list(queries.exported())
    elsewhere = open_storage(f"sqlite:///{tmp_path}/other.db")
    migrate(elsewhere)
    moved = Queries(released, elsewhere, site)
    assert [moved.take_in(line) for line in lines * 2] == [True, False]
    assert list(moved.exported()) == lines
    with pytest.raises(ValueError, match="x"):
        moved.take_in(json.dumps({**json.loads(lines[0]), "query_id": "x"}))
    elsewhere.close()


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("select random()", "每次结果不同"),
        ("select abs(random()) from target", "每次结果不同"),
        ("select current_timestamp", "时刻"),
        ("select CURRENT_DATE", "时刻"),
        ("select date('now')", "时刻"),
        ("select date('no' || 'w')", "时刻"),
        ("select datetime()", "时刻"),
        ("select strftime('%Y')", "时刻"),
        ("select julianday('NOW')", "时刻"),
        ("select datetime('2026-01-01', 'localtime')", "时刻"),
        ("select sqlite_version()", "机器"),
        ("select name from target limit 1", "order by"),
        (
            "select a.passage_id from passage a, passage b, passage c, passage d, passage e, passage f, passage g",
            "多于",
        ),
        ("delete from target", "只能写 SELECT"),
        ("select 1; select 2", "一次只能写一条"),
        ("select nix from target", "没有列"),
        ("", "没有写语句"),
        ("attach 'x' as y", "只能写 SELECT"),
        ("select load_extension('x')", "不允许"),
    ],
)
def test_what_could_not_be_run_again_is_refused_in_words(queries: Queries, sql: str, word: str) -> None:
    with pytest.raises(QueryRefusedError, match=word):
        queries.store(Asked(NAME, "1.0.0", sql, {}))
    assert list(queries.exported()) == []


@pytest.mark.parametrize(
    "sql", ["select date('2026-01-31', '+1 month')", "select strftime('%Y', released_on) from release"]
)
def test_dates_of_the_data_are_no_clock(queries: Queries, sql: str) -> None:
    assert queries.store(Asked(NAME, "1.0.0", sql, {}))


def test_a_draft_or_unknown_version_can_not_be_cited(queries: Queries, published: Published, site: Site) -> None:
    with pytest.raises(QueryRefusedError, match="草稿"):
        queries.store(Asked(NAME, "9.9.9", "select 1", {}))
    with pytest.raises(QueryRefusedError, match="草稿"):
        Queries(published, queries._storage, site).store(Asked(NAME, "1.0.0", "select 1", {}))
