"""The questions kept with the data: each runs under the guard, in its page, JSON and CSV."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from etl.declaration import Query, load
from etl.places import ROOT

COLLECTION = load(ROOT / "datasets" / "zhenjiang-stb")
FILLED = {
    "targets-without-reported",
    "targets-and-reported",
    "tasks-by-chapter",
    "most-cited-documents",
    "repaired-text",
}


def test_a_question_never_hides_a_table() -> None:
    names = [q.name for q in COLLECTION.queries]
    assert len(names) == len(set(names)) >= 10
    assert not set(names) & set(COLLECTION.by_name)


@pytest.mark.parametrize("query", COLLECTION.queries, ids=lambda q: q.name)
def test_a_question_is_answered(client: TestClient, query: Query) -> None:
    address = f"/data/zhenjiang-stb/{query.name}"
    assert query.title in client.get("/data/zhenjiang-stb").text
    page = client.get(address, params=query.params)
    assert (page.status_code, f"<h1>{query.title}</h1>" in page.text) == (200, True)
    answer = client.get(f"{address}.json", params=query.params).json()
    assert (answer["ok"], answer["truncated"]) == (True, False)
    rows = list(csv.reader(io.StringIO(client.get(f"{address}.csv", params=query.params).text)))
    assert rows[0] == answer["columns"]
    assert len(rows) - 1 == len(answer["rows"])
    assert answer["rows"] or query.name not in FILLED


def test_a_target_without_a_reported_value_is_found(client: TestClient) -> None:
    rows = client.get("/data/zhenjiang-stb/targets-without-reported.json?_shape=objects").json()["rows"]
    assert [(r["target_id"], r["查找"]) for r in rows] == [
        ("zjstb-zkd-2017-13.agri-progress-share", "查而未得（2026-11-23）")
    ]


def test_keys_in_a_result_lead_to_the_pages_of_their_rows(client: TestClient) -> None:
    page = client.get("/data/zhenjiang-stb/targets-without-reported").text
    key = "zjstb-zkd-2017-13.agri-progress-share"
    assert f'<a href="/targets/{key}">{key}</a>' in page
    harmful = client.get(
        "/data/zhenjiang-stb", params={"sql": "select '\"><script>/' as target_id, '<img>' as \"<b>\""}
    )
    assert '<a href="/targets/%22%3E%3Cscript%3E%2F">&#34;&gt;&lt;script&gt;/</a>' in harmful.text
    assert not {"<script", "<img>", "<b>"} & set(harmful.text.replace(">", "> ").split())
