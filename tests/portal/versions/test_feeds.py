"""Atom feeds: well formed, with ids that stay, saying what changed, old → new."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from lxml import etree
from starlette.testclient import TestClient

from etl.site import Site
from portal.asgi import create
from portal.private import Private
from portal.published import Published
from tests.portal.bureau import LATER, NAME, PAGE, ROW

A = "{http://www.w3.org/2005/Atom}"
PATHS = [
    "/feed.atom",
    f"/catalogue/{NAME}.atom",
    f"/catalogue/{NAME}/target.atom",
    f"{PAGE}.atom",
    "/indicators/zjstb-agri-progress-share.atom",
    "/notices/zjstb-zkd-2017-13.atom",
]


def entries(client: TestClient, path: str) -> list[tuple[str, str]]:
    """The day and the words of each entry."""
    feed = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own
    return [(e.findtext(f"{A}updated", "")[:10], e.findtext(f"{A}content", "")) for e in feed.findall(f"{A}entry")]


@pytest.mark.parametrize("path", PATHS)
def test_a_feed_is_well_formed_and_complete(asking: TestClient, path: str) -> None:
    found = asking.get(path)
    assert found.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(found.content)
    for element in (feed, *feed.findall(f"{A}entry")):
        assert all(element.findtext(f"{A}{name}") for name in ("id", "title", "updated"))
    ids = [e.findtext(f"{A}id") for e in feed.iter(f"{A}entry")]
    assert len(ids) == len(set(ids)) > 0
    assert feed.findtext(f"{A}author/{A}name")
    for link in feed.iterfind(f".//{A}link[@rel='alternate']"):
        assert asking.get(link.get("href").removeprefix("http://127.0.0.1:8000").split("#")[0]).status_code in (
            200,
            410,
        )


@pytest.mark.parametrize("path", PATHS)
def test_what_changed_is_said_old_and_new(asking: TestClient, path: str) -> None:
    told = dict(entries(asking, path))
    assert "目标“" in told["2026-11-24"]
    assert "的“数值”：66.6 → 66.5（据公文核对，更正 cor-0001）" in told["2026-11-24"]
    assert "撤回目标“农业科技进步贡献率”（原文说的不是目标，更正 cor-0002）" in told["2026-11-26"]


def test_a_row_that_came_has_no_entry_before_it(asking: TestClient) -> None:
    told = entries(asking, f"/targets/{LATER}.atom")
    assert [day for day, _ in told] == ["2026-11-25"]


def test_ids_do_not_depend_on_where_the_site_stands(
    released: Published, site: Site, private: Private, asking: TestClient
) -> None:
    moved = replace(site, address="https://data.example.cn", hosts=("data.example.cn",))
    elsewhere = TestClient(create(released, moved, private), base_url="https://data.example.cn")
    ids = [[e.text for e in etree.fromstring(c.get("/feed.atom").content).iter(f"{A}id")] for c in (asking, elsewhere)]
    assert ids[0] == ids[1]


def test_what_did_not_change_is_not_sent_again(asking: TestClient) -> None:
    found = asking.get("/feed.atom")
    assert found.headers["last-modified"] == "Thu, 26 Nov 2026 00:00:00 GMT"
    for header in ({"If-None-Match": found.headers["etag"]}, {"If-Modified-Since": found.headers["last-modified"]}):
        assert asking.get("/feed.atom", headers=header).status_code == 304
    old = {"If-Modified-Since": "Wed, 25 Nov 2026 00:00:00 GMT"}
    assert asking.get("/feed.atom", headers=old).status_code == 200


@pytest.mark.parametrize(
    "path", ["/targets/nothing.atom", "/catalogue/nothing.atom", f"/catalogue/{NAME}/nothing.atom"]
)
def test_there_is_no_feed_of_nothing(asking: TestClient, path: str) -> None:
    assert asking.get(path).status_code == 404


def test_a_withdrawn_row_can_still_be_followed(asking: TestClient) -> None:
    assert asking.get(f"{PAGE}.json").status_code == 410
    assert asking.get(f"/targets/{ROW}.atom").status_code == 200
