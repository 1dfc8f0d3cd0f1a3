"""A row for machines: JSON, CSV and JSON-LD at addresses that last."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

KEY = "zjstb-zkd-2017-13.agri-progress-share"
ROW = f"/targets/{KEY}"
SITE = "http://127.0.0.1:8000"


def test_a_row_as_json_is_whole(client: TestClient) -> None:
    answer = client.get(f"{ROW}.json")
    record = answer.json()
    row = record.pop("row")
    assert record == {
        "collection": "zhenjiang-stb",
        "table": "target",
        "id": KEY,
        "label": "农业科技进步贡献率",
        "url": SITE + ROW,
        "version": "1.0.0",
        "labels": {
            "notice_id": {
                "id": "zjstb-zkd-2017-13",
                "label": "关于印发2017年工作要点的通知",
                "url": f"{SITE}/notices/zjstb-zkd-2017-13",
            },
            "task_id": {
                "id": "zjstb-zkd-2017-13.t08",
                "label": "实施农业科技支撑计划",
                "url": f"{SITE}/tasks/zjstb-zkd-2017-13.t08",
            },
            "passage_id": {
                "id": "zjstb-zkd-2017-13.p003",
                "label": "全市农业科技进步贡献率达到66.6%。",
                "url": f"{SITE}/notices/zjstb-zkd-2017-13#zjstb-zkd-2017-13.p003",
            },
            "indicator_id": {
                "id": "zjstb-agri-progress-share",
                "label": "农业科技进步贡献率",
                "url": f"{SITE}/indicators/zjstb-agri-progress-share",
            },
            "region_code": {"id": "321100", "label": "镇江市", "url": None},
        },
        "source": {
            "quote": "全市农业科技进步贡献率达到66.6%",
            "start": 31,
            "end": 49,
            "notice": f"{SITE}/notices/zjstb-zkd-2017-13#{KEY}",
        },
        "licence": {
            "name": "CC-BY-4.0",
            "title": "知识共享 署名 4.0（汇编与整理；公文本身不受著作权保护，《著作权法》第五条）",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        },
    }
    assert (row["target_id"], row["value"], row["unit"], row["is_borderline"], row["note"]) == (
        KEY,
        66.6,
        "%",
        False,
        None,
    )
    assert "\\u" not in answer.text and ": " not in answer.text.split('"row"')[0]


def test_a_row_as_csv_is_a_header_and_a_line(client: TestClient) -> None:
    answer = client.get(f"{ROW}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == f'attachment; filename="{KEY}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(r["target_id"], r["value"], r["is_borderline"], r["note"]) for r in rows] == [(KEY, "66.6", "false", "")]


def test_a_target_as_linked_data_says_what_it_is_based_on(client: TestClient) -> None:
    answer = client.get(f"{ROW}.jsonld")
    assert answer.headers["content-type"] == "application/ld+json; charset=utf-8"
    linked = answer.json()
    assert (linked["@id"], linked["name"], linked["citation"]) == (
        SITE + ROW,
        "农业科技进步贡献率",
        "全市农业科技进步贡献率达到66.6%",
    )
    assert linked["isPartOf"]["@id"] == f"{SITE}/catalogue/zhenjiang-stb"
    assert linked["isBasedOn"] == f"{SITE}/notices/zjstb-zkd-2017-13#{KEY}"
    assert [a for a in linked["about"] if a["@type"] == "QuantitativeValue"] == [
        {"@type": "QuantitativeValue", "value": 66.6, "unitText": "%", "additionalType": "comparator:="}
    ]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("application/ld+json, text/html;q=0.3", "application/ld+json"),
        ("text/html, application/json;q=0.9", "text/html"),
        ("*/*", "text/html"),
        ("application/json;q=nonsense", "text/html"),
        ("", "text/html"),
    ],
)
def test_the_format_is_chosen_by_what_is_accepted(client: TestClient, accept: str, kind: str) -> None:
    answer = client.get(ROW, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(kind)
    assert "accept" in answer.headers["vary"].lower()


def test_every_row_with_an_address_has_its_three_formats(client: TestClient) -> None:
    descriptor = client.get("/catalogue/zhenjiang-stb/datapackage.json").json()
    for table in descriptor["resources"]:
        rows = client.get(f"/catalogue/zhenjiang-stb/{table['name']}.json").json()["rows"]
        for row in rows if table.get("address") else ():
            key = row[table["schema"]["primaryKey"][0]]
            for suffix in ("json", "csv", "jsonld"):
                assert client.get(f"/{table['address']}/{key}.{suffix}").status_code == 200


def test_what_the_asker_has_already_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{ROW}.json")
    again = client.get(f"{ROW}.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age" in first.headers["cache-control"]
    assert first.headers["access-control-allow-origin"] == "*"
    assert 'rel="canonical"' in first.headers["link"]


@pytest.mark.parametrize("suffix", ["json", "csv", "jsonld"])
def test_the_head_is_that_of_the_whole(client: TestClient, suffix: str) -> None:
    head, whole = client.head(f"{ROW}.{suffix}"), client.get(f"{ROW}.{suffix}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("key", ["nothing", "a'b", "x" * 500, "%E7%A0%94", "..%2e", "1;drop table target"])
def test_an_unknown_id_is_told_so_in_words(client: TestClient, key: str) -> None:
    answer = client.get(f"/targets/{key}.json")
    assert answer.status_code == 404
    assert json.loads(answer.text)["error"] == "没有这个编号的记录。"


def test_only_reading_is_accepted(client: TestClient) -> None:
    assert client.post(f"{ROW}.json").status_code == 405
