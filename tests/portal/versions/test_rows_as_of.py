"""Rows as of a release: the same bytes for ever, and plain words where there is no such row."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from etl.site import Site
from portal.asgi import create
from portal.private import Private
from portal.published import Published
from tests.portal.bureau import LATER, NAME, PAGE, Bureau, publish_all


def test_old_versions_keep_every_byte_while_new_ones_come(tmp_path: Path, site: Site, private: Private) -> None:
    bureau = Bureau(tmp_path)
    first: dict[str, bytes] = {}
    client: list[TestClient] = []

    def look(version: str) -> None:
        if not client:
            client.append(
                TestClient(create(Published(bureau.releases), site, private), base_url="http://127.0.0.1:8000")
            )
        for form in ("json", "csv", "jsonld"):
            for had in {*(path.split("@")[1].rsplit(".", 1)[0] for path in first), version}:
                path = f"{PAGE}@{had}.{form}"
                answer = client[0].get(path)
                assert (path, first.setdefault(path, answer.content)) == (path, answer.content)

    publish_all(bureau, look)
    assert json.loads(first[f"{PAGE}@1.0.0.json"])["row"]["value"] == 66.6
    assert json.loads(first[f"{PAGE}@1.0.1.json"])["row"]["value"] == 66.5


@pytest.mark.parametrize("address", ["https://data.example.cn", "http://127.0.0.1:8000"])
def test_nothing_depends_on_the_sites_address(released: Published, site: Site, address: str, private: Private) -> None:
    app = create(released, replace(site, address=address, hosts=("data.example.cn", "127.0.0.1")), private)
    client = TestClient(app, base_url=address)
    assert "127.0.0.1" not in client.get(f"{PAGE}@1.0.0.json").text + client.get(f"{PAGE}@1.0.0.jsonld").text


def test_a_form_may_be_asked_for_by_accept(asking: TestClient) -> None:
    found = asking.get(f"{PAGE}@1.0.1", headers={"Accept": "application/json"})
    assert (found.json()["version"], found.headers["vary"]) == ("1.0.1", "Accept, Accept-Encoding")


def test_words_say_why_there_is_no_such_row(asking: TestClient) -> None:
    said = {
        path: (r.status_code, r.json()["error"], r.json()["hint"])
        for path in (f"{PAGE}@3.0.0", f"/targets/{LATER}@1.0.0", f"{PAGE}@1.2.0", PAGE, "/targets/zjstb-nothing@1.0.0")
        for r in [asking.get(f"{path}.json")]
    }
    gone = (410, "这一行已在 1.2.0 版撤回：原文说的不是目标。", "最后有它的版本是 1.1.0。")
    assert said == {
        f"{PAGE}@3.0.0": (404, "没有 3.0.0 这个版本。", "现有的版本：1.0.0、1.0.1、1.1.0、1.2.0。"),
        f"/targets/{LATER}@1.0.0": (404, "1.0.0 版没有这一行。", "有这一行的版本：1.1.0、1.2.0。"),
        f"{PAGE}@1.2.0": gone,
        PAGE: gone,
        "/targets/zjstb-nothing@1.0.0": (
            404,
            "没有这个编号的记录。",
            "请核对网址中的编号，或在 /search.json?q= 中查找。",
        ),
    }
    assert asking.get(f"{PAGE}.json").json()["last_url"] == f"{PAGE}@1.1.0"


def test_a_version_that_is_not_here_says_where_it_may_be_had(
    bureau: Bureau, site: Site, tmp_path: Path, private: Private
) -> None:
    releases = tmp_path / "releases"
    shutil.copytree(bureau.releases, releases)
    shutil.rmtree(releases / NAME / "1.0.1")
    client = TestClient(create(Published(releases), site, private), base_url="http://127.0.0.1:8000")
    found = client.get(f"{PAGE}@1.0.1.json")
    assert (found.status_code, found.json()["command"]) == (404, f"python -m etl releases {NAME} --rebuild 1.0.1")
    assert "不在本机" in found.json()["error"]
    assert client.get(f"{PAGE}@1.0.0.json").status_code == 200


def test_a_damaged_version_is_not_served(bureau: Bureau, site: Site, tmp_path: Path, private: Private) -> None:
    releases = tmp_path / "releases"
    shutil.copytree(bureau.releases, releases)
    (releases / NAME / "1.0.1" / "data" / "target.csv").write_text("forged", "utf-8")
    client = TestClient(create(Published(releases), site, private), base_url="http://127.0.0.1:8000")
    assert client.get(f"{PAGE}@1.0.1.json").status_code == 404
    assert client.get(f"/releases/{NAME}/1.0.1/data/target.csv").status_code == 404


def test_the_history_tells_what_changed_when_and_why(asking: TestClient) -> None:
    told = asking.get(f"{PAGE}/history.json").json()["versions"]
    assert [(v["version"], v["released_on"], v["url"]) for v in told] == [
        ("1.2.0", "2026-11-26", None),
        ("1.0.1", "2026-11-24", f"{PAGE}@1.0.1"),
        ("1.0.0", "2026-11-23", f"{PAGE}@1.0.0"),
    ]
    change = told[1]["changes"][0]
    assert (change["column"], change["old"], change["new"]) == ("value", "66.6", "66.5")
    assert (change["reason"], change["correction"]) == ("据公文核对", "cor-0001")
    assert asking.get("/targets/zjstb-nothing/history.json").status_code == 404


def test_headers_lead_to_the_other_versions(asking: TestClient) -> None:
    found = asking.get(f"{PAGE}@1.0.1.json").headers
    links = dict(reversed(part.split("; rel=")) for part in found["link"].split(", ") if "type=" not in part)
    assert found["memento-datetime"] == "Tue, 24 Nov 2026 00:00:00 GMT"
    assert links == {
        '"cite-as"': f"<{PAGE}@1.0.1>",
        '"collection"': f"</releases/{NAME}/1.0.1/>",
        '"license"': "<https://creativecommons.org/licenses/by/4.0/>",
        '"latest-version"': f"<{PAGE}@1.1.0>",
        '"version-history"': f"<{PAGE}/history>",
        '"original timegate"': f"<{PAGE}>",
        '"predecessor-version"': f"<{PAGE}@1.0.0>",
        '"successor-version"': f"<{PAGE}@1.1.0>",
    }
    current = asking.get(f"/targets/{LATER}.json").headers["link"]
    assert f'</targets/{LATER}>; rel="latest-version"' in current
    assert f'</targets/{LATER}@1.1.0>; rel="predecessor-version"' in current


@pytest.mark.parametrize(
    ("moment", "version"),
    [
        ("Mon, 23 Nov 2026 12:00:00 GMT", "1.1.0"),
        ("Wed, 25 Nov 2026 00:00:00 GMT", "1.1.0"),
        ("Fri, 27 Nov 2026 00:00:00 GMT", "1.2.0"),
    ],
)
def test_a_day_that_is_asked_for_leads_to_its_version(asking: TestClient, moment: str, version: str) -> None:
    path = f"/targets/{LATER}"
    found = asking.get(f"/en{path}", headers={"Accept-Datetime": moment})
    assert (found.status_code, found.headers["location"]) == (302, f"/en{path}@{version}")
    assert asking.get(f"{path}.json", headers={"Accept-Datetime": "gestern"}).status_code == 200


def test_the_list_of_versions_is_a_timemap(asking: TestClient) -> None:
    found = asking.get(f"{PAGE}/timemap")
    assert found.headers["content-type"].startswith("application/link-format")
    assert [line.split(";")[0] for line in found.text.splitlines()[2:]] == [
        f"<{PAGE}@1.0.0>",
        f"<{PAGE}@1.0.1>",
        f"<{PAGE}@1.1.0>",
    ]
