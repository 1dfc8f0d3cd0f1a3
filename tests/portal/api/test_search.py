"""Search for machines."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


def test_hits_say_where_they_are_and_what_is_marked(client: TestClient) -> None:
    answer = client.get("/search.json", params={"q": "研发", "table": "indicator"}).json()
    assert answer == {
        "query": "研发",
        "total": 1,
        "counts": [{"collection": "zhenjiang-stb", "table": "indicator", "total": 1}],
        "hits": [
            {
                "collection": "zhenjiang-stb",
                "table": "indicator",
                "id": "zjstb-rd-intensity",
                "label": "全社会研发投入占地区生产总值比重",
                "url": "http://127.0.0.1:8000/indicators/zjstb-rd-intensity",
                "snippet": [
                    {"text": "全社会", "marked": False},
                    {"text": "研发", "marked": True},
                    {"text": "投入占地区生产总值比重", "marked": False},
                ],
            }
        ],
    }


def test_hits_are_paged(client: TestClient) -> None:
    everything = client.get("/search.json", params={"q": "科技"}).json()
    page = client.get("/search.json", params={"q": "科技", "_limit": 2, "_offset": 1}).json()
    assert page["total"] == everything["total"] > 3
    assert page["hits"] == everything["hits"][1:3]
    assert client.get("/search.json", params={"q": "科技", "_limit": 0}).json()["hits"] == []


@pytest.mark.parametrize("query", ['"', "*", "NEAR(", "a AND", "研" * 3000, "\ud7ff", "😀", "%", "'; --", "x\u200b"])
def test_no_query_is_a_fault(client: TestClient, query: str) -> None:
    assert client.get("/search.json", params={"q": query}).status_code == 200


@pytest.mark.parametrize("asked", ["", "q=", "q=+", "q=x&_limit=x", "q=x&_offset=99999999"])
def test_what_can_t_be_asked_is_told_so(client: TestClient, asked: str) -> None:
    answer = client.get(f"/search.json?{asked}")
    assert (answer.status_code, set(answer.json())) == (400, {"error", "hint"})
