"""CKAN's calls as CKAN answers them: envelope, errors, both prefixes, both methods, rows and SQL."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from portal.api.ckan import ACTIONS

TARGET = "zhenjiang-stb-target"
KEY = "zjstb-zkd-2017-13.agri-progress-share"
SITE = "http://127.0.0.1:8000"


def call(client: TestClient, name: str, **asked: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(f"/api/action/{name}", json=asked).json()
    return answer


@pytest.mark.parametrize("prefix", ["/api/3/action", "/api/action"])
@pytest.mark.parametrize("method", ["get", "post", "form"])
def test_both_prefixes_and_methods_answer_alike(client: TestClient, prefix: str, method: str) -> None:
    if method == "get":
        answer = client.get(f"{prefix}/package_show", params={"id": TARGET})
    elif method == "post":
        answer = client.post(f"{prefix}/package_show", json={"id": TARGET})
    else:
        answer = client.post(f"{prefix}/package_show", data={"id": TARGET})
    told = answer.json()
    assert (answer.status_code, told["success"]) == (200, True)
    assert told["help"] == f"{SITE}/api/3/action/help_show?name=package_show"
    assert told["result"]["title"] == "镇江市科技局公文数据集：目标"


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_call_is_in_the_envelope(client: TestClient, name: str) -> None:
    told = call(client, name)
    assert told.keys() == {"help", "success", "result" if told["success"] else "error"}
    assert told["success"] or told["error"]["__type"] == "Validation Error"


@pytest.mark.parametrize(
    ("name", "asked", "status", "kind"),
    [
        ("package_show", {"id": "nothing"}, 404, "Not Found Error"),
        ("package_show", {}, 409, "Validation Error"),
        ("package_search", {"rows": "many"}, 409, "Validation Error"),
        ("package_search", {"rows": -1}, 409, "Validation Error"),
        ("package_search", {"q": "nonsense:x"}, 409, "Validation Error"),
        ("package_search", {"q": {"a": 1}}, 409, "Validation Error"),
        ("resource_show", {"id": f"{TARGET}.nothing"}, 404, "Not Found Error"),
        ("group_show", {"id": "nothing"}, 404, "Not Found Error"),
        ("organization_show", {"id": "nothing"}, 404, "Not Found Error"),
        ("datastore_search", {"resource_id": "nothing"}, 404, "Not Found Error"),
        ("datastore_search", {"resource_id": TARGET, "filters": {"nothing": 1}}, 409, "Validation Error"),
        ("datastore_search", {"resource_id": TARGET, "filters": "{"}, 409, "Validation Error"),
        ("datastore_search", {"resource_id": TARGET, "sort": "year sideways"}, 409, "Validation Error"),
        ("datastore_search", {"resource_id": TARGET, "sort": "nothing"}, 409, "Validation Error"),
        ("datastore_search", {"resource_id": TARGET, "fields": "nothing"}, 409, "Validation Error"),
        ("datastore_search", {"resource_id": TARGET, "records_format": "x"}, 409, "Validation Error"),
        ("datastore_search_sql", {"sql": f'DELETE FROM "{TARGET}"'}, 409, "Validation Error"),  # noqa: S608
        ("datastore_search_sql", {"sql": "select zeroblob(900000000)"}, 409, "Validation Error"),
        ("datastore_search_sql", {"sql": "select 1"}, 409, "Validation Error"),
        ("package_create", {}, 400, "Bad Request"),
    ],
)
def test_what_can_not_be_done_is_said_as_ckan_says_it(
    client: TestClient, name: str, asked: dict[str, Any], status: int, kind: str
) -> None:
    answer = client.post(f"/api/3/action/{name}", json=asked)
    told = answer.json()
    assert (answer.status_code, told["success"], told["error"]["__type"]) == (status, False, kind)
    assert any("一" <= c <= "鿿" for c in told["error"]["message"])


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff{", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/3/action/package_list", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["success"]) == (400, False)


def test_rows_are_filtered_searched_sorted_and_paged(client: TestClient) -> None:
    whole = call(client, "datastore_search", resource_id=f"{TARGET}.csv", sort="value desc")["result"]
    assert [(r["value"], r["_url"]) for r in whole["records"]] == [
        (66.6, f"{SITE}/targets/{KEY}"),
        (2.65, f"{SITE}/targets/zjstb-rd-intensity.2017-321100-plan"),
    ]
    assert [f["id"] for f in whole["fields"]][:2] == ["_id", "target_id"]

    def ids(**asked: Any) -> list[str]:
        found = call(client, "datastore_search", resource_id=TARGET, **asked)["result"]
        return [r["target_id"] for r in found["records"]]

    assert ids(q="农业科技") == [KEY]
    assert ids(q={"quote": "达到"}) == [KEY]
    assert ids(filters={"year": 2017, "value": [66.6, 1]}) == [KEY]
    assert ids(filters={"is_borderline": "true"}) == []
    assert ids(filters={"value": []}) == []
    assert ids(limit=1, offset=1, sort="target_id") == ["zjstb-zkd-2017-13.agri-progress-share"] or ids(limit=1) != []
    assert call(client, "datastore_search", resource_id=TARGET, limit=0)["result"]["total"] == 2


def test_rows_come_in_the_shape_asked_for(client: TestClient) -> None:
    asked = {"resource_id": TARGET, "fields": ["target_id", "value"], "filters": {"target_id": KEY}}
    lists = call(client, "datastore_search", **asked, records_format="lists")["result"]
    assert lists["records"] == [[KEY, 66.6]]
    assert call(client, "datastore_search", **asked, records_format="csv")["result"]["records"] == f"{KEY},66.6\n"


def test_words_are_found_where_no_index_is(client: TestClient) -> None:
    found = call(client, "datastore_search", resource_id="zhenjiang-stb-region", q="镇江")["result"]
    assert [r["name"] for r in found["records"]] == ["镇江市"]


def test_sql_names_tables_by_their_files_and_leads_to_rows(client: TestClient) -> None:
    sql = f"""SELECT t.target_id, n.title, '"{TARGET}"' AS told FROM "{TARGET}.csv" t
        JOIN "zhenjiang-stb-notice" n USING (notice_id) -- "{TARGET}"
    """  # noqa: S608
    result = call(client, "datastore_search_sql", sql=sql)["result"]
    assert result["records"] == [
        {
            "target_id": KEY,
            "title": "关于印发2017年工作要点的通知",
            "told": f'"{TARGET}"',
            "_url": f"{SITE}/targets/{KEY}",
        }
    ]


def test_tables_of_two_collections_are_not_joined(client: TestClient) -> None:
    told = call(client, "datastore_search_sql", sql=f'SELECT 1 FROM "{TARGET}", "qinghe-joint-target"')  # noqa: S608
    assert "同一个系列" in told["error"]["message"]


def test_nothing_can_be_written(client: TestClient) -> None:
    for method in ("put", "patch", "delete"):
        assert client.request(method, "/api/3/action/package_show").status_code == 405


def test_a_search_counts_by_facets(client: TestClient) -> None:
    result = call(client, "package_search", **{"facet.field": ["groups"], "rows": 0})["result"]
    assert result["results"] == []
    assert set(result["facets"]["groups"]) == {"zhenjiang-stb", "qinghe-joint"}
    assert sum(result["facets"]["groups"].values()) == result["count"]


def test_groups_and_organisations_have_their_datasets(client: TestClient) -> None:
    group = call(client, "group_show", id="zhenjiang-stb", include_datasets=True)["result"]
    assert len(group["packages"]) == group["package_count"] > 15
    assert call(client, "organization_list")["result"] == ["qinghe-joint", "zjstb-org-bureau"]
    organisation = call(client, "organization_show", id="zjstb-org-bureau")["result"]
    assert (organisation["title"], organisation["package_count"]) == ("镇江市科学技术局", group["package_count"])
