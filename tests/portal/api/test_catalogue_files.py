"""The catalogue over HTTP: forms by suffix and Accept, pages, signposts, sitemaps, schema.org in pages, quality."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from etl.catalogue import mqa
from etl.site import Site
from portal.private import Private
from portal.published import Published
from portal.sections import SECTIONS
from portal.sections.quality import service

SITE = "http://127.0.0.1:8000"
DATASET = "/catalogue/zhenjiang-stb/target"
FILES = {
    "/catalog.jsonld": "application/ld+json",
    "/catalog.ttl": "text/turtle",
    "/catalog.rdf": "application/rdf+xml",
    "/data.json": "application/json",
    "/datapackage.json": "application/json",
    "/robots.txt": "text/plain",
    "/llms.txt": "text/markdown",
    "/sitemap.xml": "application/xml",
    "/sitemaps/pages.xml": "application/xml",
    "/sitemaps/zhenjiang-stb-target-1.xml": "application/xml",
    "/.well-known/api-catalog": "application/linkset+json",
    "/.well-known/csvm": "text/plain",
    "/openapi.json": "application/json",
    "/catalogue/zhenjiang-stb.ttl": "text/turtle",
    "/catalogue/zhenjiang-stb.linkset.json": "application/linkset+json",
    f"{DATASET}.jsonld": "application/ld+json",
    f"{DATASET}.csv-metadata.json": "application/csvm+json",
    f"{DATASET}.linkset.json": "application/linkset+json",
    f"{DATASET}/datapackage.json": "application/json",
    "/catalogue/zhenjiang-stb/data/target.csv": "text/csv",
    "/targets/zjstb-zkd-2017-13.agri-progress-share.linkset.json": "application/linkset+json",
}


@pytest.mark.parametrize(("path", "media_type"), FILES.items())
def test_files_have_their_types_and_heads(client: TestClient, path: str, media_type: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (whole.status_code, head.status_code, head.content) == (200, 200, b"")
    assert whole.headers["content-type"].split(";")[0] == head.headers["content-type"].split(";")[0] == media_type
    assert whole.headers["access-control-allow-origin"] == "*"
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    ("path", "accept", "status", "kind"),
    [
        ("/catalog", "", 200, "application/ld+json"),
        ("/catalog", "text/turtle;q=0.9, application/ld+json;q=0.5", 200, "text/turtle"),
        ("/catalog", "text/html,*/*;q=0.8", 303, ""),
        ("/catalog", "image/png", 406, "application/json"),
        (DATASET, "application/rdf+xml", 200, "application/rdf+xml"),
        (DATASET, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200, "text/html"),
        (DATASET, "*/*", 200, "text/html"),
        (DATASET, "text/csv", 303, ""),
        ("/catalogue/zhenjiang-stb/", "text/turtle", 200, "text/turtle"),
        ("/catalogue/zhenjiang-stb/", "application/json", 200, "application/ld+json"),
        ("/catalogue/nothing/", "text/turtle", 404, "application/json"),
        ("/catalogue/zhenjiang-stb/nothing", "text/turtle", 404, "application/json"),
    ],
)
def test_forms_are_chosen_by_what_is_accepted(
    client: TestClient, path: str, accept: str, status: int, kind: str
) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers.get("content-type", "").split(";")[0]) == (status, kind)


@pytest.mark.parametrize("page", ["0", "-1", "x", "１", "99999999999", ""])
def test_a_page_that_is_no_number_is_refused(client: TestClient, page: str) -> None:
    assert client.get("/catalog.ttl", params={"page": page}).status_code == 400


def test_beyond_the_last_page_there_is_nothing(client: TestClient) -> None:
    assert client.get("/catalog.ttl?page=2").status_code == 404
    links = client.get("/catalog.ttl").links
    assert links["first"]["url"] == links["last"]["url"] == f"{SITE}/catalog"


@pytest.mark.parametrize(
    "path",
    [
        "/sitemaps/nothing.xml",
        "/sitemaps/zhenjiang-stb-target-2.xml",
        "/sitemaps/zhenjiang-stb-target-0.xml",
        "/sitemaps/zhenjiang-stb-region-1.xml",
        "/catalogue/nothing.ttl",
        "/catalogue/zhenjiang-stb/nothing.csv-metadata.json",
        "/targets/nothing.linkset.json",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, "error" in answer.json()) == (404, True)


def test_the_released_descriptor_finds_its_files(client: TestClient) -> None:
    descriptor = client.get("/catalogue/zhenjiang-stb/datapackage.json").json()
    for resource in descriptor["resources"]:
        answer = client.get(f"/catalogue/zhenjiang-stb/{resource['path']}")
        assert len(answer.content) == resource["bytes"], resource["path"]


def test_what_the_asker_has_already_is_not_sent_again(client: TestClient) -> None:
    for path in ("/catalog.ttl", f"{DATASET}.csv-metadata.json"):
        tag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def linked(client: TestClient, path: str) -> dict[str, Any]:
    found = html.document_fromstring(client.get(path).text).xpath("//script[@type='application/ld+json']")
    told: dict[str, Any] = json.loads(found[0].text)
    return told


def test_pages_of_datasets_speak_schema_org(client: TestClient) -> None:
    told = linked(client, DATASET)
    assert (told["@type"], told["url"], told["name"]) == (
        "Dataset",
        f"{SITE}{DATASET}",
        "镇江市科技局公文数据集：目标",
    )
    assert linked(client, "/en" + DATASET) == told
    collection = linked(client, "/catalogue/zhenjiang-stb/")
    assert f"{SITE}{DATASET}" in [part["url"] for part in collection["hasPart"]]


@pytest.mark.browser
def test_the_policy_of_pages_lets_data_stand_in_them(browser: Browser, served: str) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{served}{DATASET}")
    assert json.loads(page.locator("script[type='application/ld+json']").text_content() or "")["@type"] == "Dataset"
    assert [text for text in said if "Content Security Policy" in text] == []
    page.close()


@pytest.mark.parametrize("path", [DATASET, "/en" + DATASET])
def test_signposts_stand_in_the_headers(client: TestClient, path: str) -> None:
    links = client.get(path).headers["link"]
    for wanted in (
        f'<{SITE}{DATASET}>; rel="cite-as"',
        f'<{SITE}{DATASET}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"',
        f'<{SITE}{DATASET}.csv>; rel="item"; type="text/csv"',
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
        f'<{SITE}{DATASET}.linkset.json>; rel="linkset"; type="application/linkset+json"',
    ):
        assert wanted in links


def test_files_lead_to_their_dataset_and_to_the_meaning_of_their_columns(client: TestClient) -> None:
    for path in (f"{DATASET}.csv", f"{DATASET}.json?_limit=1"):
        links = client.get(path).headers["link"]
        assert f'<{SITE}{DATASET}>; rel="collection"; type="text/html"' in links
        assert [part for part in links.split(", ") if 'rel="describedby"' in part] == [
            f'<{SITE}{DATASET}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
        ]


def test_rows_have_signposts_too(client: TestClient) -> None:
    key = "/targets/zjstb-zkd-2017-13.agri-progress-share"
    for path in (key, f"{key}.json"):
        links = client.get(path).headers["link"]
        assert f'<{SITE}{key}>; rel="cite-as"' in links
        assert f'<{SITE}{DATASET}>; rel="collection"' in links
    assert "cite-as" not in client.get("/targets/nothing").headers.get("link", "")


def test_every_proof_of_quality_answers(client: TestClient, published: Published) -> None:
    practices, principles = service.practices(published), service.principles(published)
    assert [p["number"] for p in practices] == list(range(1, 36))
    assert sum(p["met"] is True for p in practices) == 34
    assert (len(principles), sum(p["points"] for p in principles)) == (17, 26)
    for entry in (*practices, *principles):
        answer = client.get(entry["link"], follow_redirects=True)
        assert answer.status_code == 200, entry
        assert entry["title"] and entry["title_en"] and entry["how"] and entry["how_en"]


def test_the_page_of_quality_shows_the_scores(client: TestClient, published: Published, site: Site) -> None:
    from portal.catalogued import catalogue

    found = service.assessment(catalogue(published, site))
    assert found is not None
    # The second collection has no source and no release, and so no date that could be told: ten points less.
    assert (found.least, found.best, found.rating.en) == (395, 400.0, "Excellent")
    assert (found.points["issued"], found.points["keyword"]) == (2.5, 30)
    for path in ("/quality/", "/en/quality/"):
        page = html.document_fromstring(client.get(path).text)
        assert len(page.xpath("//tbody/tr")) == sum(len(d.metrics) for d in mqa.dimensions())


def test_before_anything_is_published_the_catalogue_is_empty(tmp_path: Path, site: Site, private: Private) -> None:
    from portal.asgi import create

    client = TestClient(create(Published(tmp_path), site, private), base_url=SITE)
    for path in ("/catalog.ttl", "/data.json", "/datapackage.json", "/sitemap.xml", "/llms.txt", "/openapi.json"):
        assert client.get(path).status_code == 200, path
    for path in ("/quality/", "/quality/practices", "/quality/fair"):
        assert client.get(path).status_code == 200, path
    assert client.get("/api/3/action/package_search").json()["result"]["count"] == 0


def test_crawlers_are_kept_from_what_there_is_and_told_of_nothing_else(client: TestClient) -> None:
    closed = re.findall(r"^Disallow: (.*)$", client.get("/robots.txt").text, re.MULTILINE)
    there = [f"{s.blueprint.url_prefix}/" for s in SECTIONS if s.name in ("account", "desk")]
    assert closed == ["/data/", "/search", *there]
