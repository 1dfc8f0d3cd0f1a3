"""Past releases by SQL: opened when asked for, guarded like the rest, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from etl.site import Site
from portal.asgi import create
from portal.datasette import make_datasette
from portal.datasette.past import MOST_OPEN, Past
from portal.private import Private
from portal.published import Published
from tests.portal.bureau import NAME, ROW

SQL = f"select value from target where target_id = '{ROW}'"  # noqa: S608 - a constant


def values(client: TestClient, database: str) -> list[float]:
    found = client.get(f"/data/{database}.json", params={"sql": SQL, "_shape": "arrays"})
    assert found.status_code == 200, found.text
    return [row[0] for row in found.json()["rows"]]


def test_the_same_sql_gives_what_each_release_held(asking: TestClient) -> None:
    found = {v: values(asking, f"{NAME}-v{v}") for v in ("1-0-0", "1-0-1", "1-1-0", "1-2-0")}
    assert found == {"1-0-0": [66.6], "1-0-1": [66.5], "1-1-0": [66.5], "1-2-0": []}
    assert values(asking, NAME) == []


def test_tables_rows_and_files_of_a_past_release_are_there(asking: TestClient) -> None:
    table = asking.get(f"/data/{NAME}-v1-0-0/target")
    assert table.status_code == 200
    assert "这里查询的是 1.0.0 版" in table.text
    assert f'href="/targets/{ROW}@1.0.0"' in table.text
    assert f'href="/releases/{NAME}/1.0.0/data/target.csv"' in table.text
    assert (
        asking.get(f"/data/{NAME}-v1-0-0/target/{ROW.replace('.', '~2E')}.json?_shape=objects").json()["rows"][0][
            "value"
        ]
        == 66.6
    )
    assert asking.get(f"/data/{NAME}-v1-0-0.db").content[:6] == b"SQLite"
    assert asking.get(f"/data/{NAME}-v1-0-0/target.json?_search=农业&_shape=array").json()[0]["target_id"] == ROW


def test_what_is_opened_is_not_listed(asking: TestClient) -> None:
    asking.get(f"/data/{NAME}-v1-0-0")
    assert "-v1-0-0" not in asking.get("/data/").text


def test_the_guard_stands_before_past_releases_too(asking: TestClient) -> None:
    for sql in ("select zeroblob(900000000)", "attach 'x' as y", "select load_extension('x')", "pragma database_list"):
        assert asking.get(f"/data/{NAME}-v1-0-0.json", params={"sql": sql}).status_code == 400


@pytest.mark.parametrize(("database", "word"), [(f"{NAME}-v9-0-0", "没有 9.0.0 这个版本"), ("nothing-v1-0-0", "")])
def test_a_release_that_is_not_there_is_said_so(asking: TestClient, database: str, word: str) -> None:
    found = asking.get(f"/data/{database}.json")
    assert found.status_code == 404
    assert word in found.json()["hint"]


def test_nothing_is_open_before_it_is_asked_for(released: Published, site: Site) -> None:
    datasette = make_datasette(released, site)
    datasette.past.look(f"{NAME}-v1-0-0")
    assert (list(datasette.databases), list(datasette.past.open)) == ([], [f"{NAME}-v1-0-0"])


class _Many(Past):
    """Past releases of which there are more than may be open."""

    def look(self, name: str) -> bool:
        self.open[name] = self._published.collections()[0]
        self._close_idle()
        return True


def test_only_a_few_stay_open_and_those_in_use_do(released: Published) -> None:
    past = _Many(released)
    with past.held("a"):
        for name in "abcdefgh":
            past.look(name)
        assert len(past.open) == MOST_OPEN
        assert "a" in past.open
    past.look("i")
    assert "a" not in past.open


@pytest.fixture
def busy(released: Published, site: Site, private: Private) -> Iterator[TestClient]:
    with TestClient(create(released, site, private), base_url="http://127.0.0.1:8000") as client:
        yield client


def test_many_versions_at_once_fail_for_no_one(busy: TestClient) -> None:
    versions = ["1-0-0", "1-0-1", "1-1-0", "1-2-0"] * 8
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda v: busy.get(f"/data/{NAME}-v{v}/target.json").status_code, versions))
    assert statuses == [200] * len(versions)
