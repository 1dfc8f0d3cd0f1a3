"""Citing a query from the site: the form, the landing page, its files; what is refused; the commands."""

from __future__ import annotations

import csv
import io
import re

import pytest
from lxml import html
from starlette.testclient import TestClient

from etl.site import Site
from portal.asgi import create
from portal.private import Private
from portal.published import Published
from portal.storage import Storage
from tests.portal.bureau import NAME, ROW

SQL = "select target_id, value from target where target_id = :id"
FORM = {"collection": NAME, "version": "1.0.0", "sql": SQL, "param_id": ROW}


@pytest.fixture
def storage(private: Private) -> Storage:
    return private.storage


@pytest.fixture
def client(released: Published, site: Site, private: Private) -> TestClient:
    app = create(released, site, private)
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False)


def cite(client: TestClient, **form: str) -> str:
    """The path of the query's page."""
    found = client.post("/q/", data=FORM | form)
    assert found.status_code == 303, found.text
    return found.headers["location"]


def test_a_query_gets_a_page_that_runs_it_again(client: TestClient) -> None:
    path = cite(client)
    assert re.fullmatch(r"/q/[0-9a-f]{16}", path)
    page = client.get(path)
    assert page.status_code == 200
    assert "结果与引用时相同" in page.text
    assert "66.6" in page.text
    assert "镇科党〔2017〕13号" in page.text
    assert cite(client) == path


def test_machines_get_the_record_and_the_result(client: TestClient) -> None:
    path = cite(client)
    told = client.get(f"{path}.json").json()
    assert (told["outcome"], told["rows"]) == ("same", [{"target_id": ROW, "value": 66.6}])
    assert told["result_hash"] == told["result_hash_now"]
    assert told["superset"].endswith(f"/releases/{NAME}/1.0.0/")
    assert list(csv.reader(io.StringIO(client.get(f"{path}.csv").text))) == [["target_id", "value"], [ROW, "66.6"]]
    assert client.get("/q/0000000000000000.json").status_code == 404
    assert client.get("/q/0000000000000000").status_code == 404


def test_a_query_is_cited_with_the_notices_its_rows_stand_in(client: TestClient) -> None:
    text = client.get(f"/cite/q-{cite(client).removeprefix('/q/')}.bib").text
    assert text.count("@") >= 2
    assert "镇科党〔2017〕13号" in text


@pytest.mark.parametrize(
    "path", [f"/data/{NAME}?sql=select+name+from+target+order+by+name", f"/data/{NAME}-v1-0-0/target?year=2017"]
)
def test_datasettes_pages_offer_to_cite_what_they_show(client: TestClient, path: str) -> None:
    page = html.document_fromstring(client.get(path).text)
    form = page.xpath("//form[@class='citing']")[0]
    given = {i.get("name"): i.get("value") for i in form.xpath(".//input")}
    found = client.post(form.get("action"), data=given)
    assert found.status_code == 303, found.text
    told = client.get(f"{found.headers['location']}.json").json()
    assert (told["outcome"], told["version"]) == ("same", "1.0.0" if "v1-0-0" in path else "1.2.0")
    assert told["row_count"] == len(told["rows"]) == 2


def test_a_search_is_cited_as_the_statement_that_it_is(client: TestClient) -> None:
    found = client.post("/q/", data={"q": "农业", "collection": NAME, "version": "1.0.0"})
    told = client.get(f"{found.headers['location']}.json").json()
    assert {"table_name": "target", "id": ROW, "label": "农业科技进步贡献率"} in told["rows"]
    assert told["outcome"] == "same"


def test_what_can_not_be_cited_is_refused_in_words(client: TestClient) -> None:
    for form, word in (({"sql": "select random()"}, "每次结果不同"), ({"version": "8.0.0"}, "草稿")):
        found = client.post("/q/", data=FORM | form)
        assert (found.status_code, word in found.text) == (422, True)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_other_sites_can_not_send_the_form(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/q/", data=FORM, headers=headers).status_code == 403
    own = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/q/", data=FORM, headers=own).status_code == 303


def test_a_query_that_was_never_cited_is_not_found(asking: TestClient) -> None:
    assert asking.get("/q/0000000000000000.json").status_code == 404
