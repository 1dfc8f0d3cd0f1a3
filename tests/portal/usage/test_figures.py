"""Usage figures in public: on the page of a dataset, as CSV and as JSON."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html
from starlette.testclient import TestClient

from portal.private import Private
from portal.storage.usage import SITE, add_usage

ONE, OTHER = "zhenjiang-stb", "qinghe-joint"
USED = {
    (date(2026, 10, 31), ONE, "csv"): 2,
    (date(2026, 11, 1), ONE, "csv"): 3,
    (date(2026, 11, 2), ONE, "csv"): 4,
    (date(2026, 11, 2), ONE, "sql"): 5,
    (date(2026, 11, 2), OTHER, "view"): 6,
    (date(2026, 11, 2), SITE, "view"): 7,
}


@pytest.fixture(autouse=True)
def used(private: Private) -> None:
    with private.storage.session() as session:
        add_usage(session, USED)


def test_the_page_of_a_dataset_shows_its_use_by_month(client: TestClient) -> None:
    page = html.document_fromstring(client.get(f"/catalogue/{ONE}/").text)
    table = page.xpath("//section[@aria-labelledby='usage']//tr")
    assert [[c.text_content() for c in row] for row in table] == [
        ["月份", "下载 CSV", "SQL 查询"],
        ["2026-11", "7", "5"],
        ["2026-10", "2", "0"],
    ]


def test_a_dataset_that_nobody_used_says_so(client: TestClient, private: Private) -> None:
    with private.storage.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM usage")
    assert "还没有统计到使用。" in client.get(f"/catalogue/{ONE}/").text


def test_the_figures_of_a_dataset_by_day_as_csv(client: TestClient) -> None:
    assert client.get(f"/usage/{ONE}.csv").text == (
        "period,collection,kind,times\n2026-10-31,zhenjiang-stb,csv,2\n2026-11-01,zhenjiang-stb,csv,3\n"
        "2026-11-02,zhenjiang-stb,csv,4\n2026-11-02,zhenjiang-stb,sql,5\n"
    )


def test_the_figures_of_all_by_month_as_json(client: TestClient) -> None:
    told = client.get("/usage.json?_by=month").json()
    assert (told["by"], told["kinds"]["sql"]) == ("month", "SQL 查询")
    assert told["rows"] == [
        {"period": "2026-10", "collection": ONE, "kind": "csv", "times": 2},
        {"period": "2026-11", "collection": SITE, "kind": "view", "times": 7},
        {"period": "2026-11", "collection": OTHER, "kind": "view", "times": 6},
        {"period": "2026-11", "collection": ONE, "kind": "csv", "times": 7},
        {"period": "2026-11", "collection": ONE, "kind": "sql", "times": 5},
    ]


def test_what_can_not_be_summed_is_refused_in_words(client: TestClient) -> None:
    refused = [client.get(path) for path in ("/usage.json?_by=hour", "/usage/nothing.csv")]
    assert [(r.status_code, set(r.json())) for r in refused] == [(400, {"error", "hint"}), (404, {"error", "hint"})]
