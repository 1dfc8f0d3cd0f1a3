"""`/openapi.json` describes what is really there; a thousand random requests find nothing that it does not say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from starlette.routing import Route
from starlette.testclient import TestClient

from etl.places import ROOT
from etl.site import Site
from portal.api import openapi
from portal.api.app import create_api
from portal.private import Private
from portal.published import Published

CASES = re.compile(r"(\d+) generated")


def test_every_route_is_described_and_every_description_has_a_route(
    published: Published, site: Site, private: Private
) -> None:
    async def nothing(*_: object) -> None: ...

    routes = [r.path for r in create_api(published, site, nothing, private.storage).routes if isinstance(r, Route)]
    told = openapi.words()["paths"]
    answered_by = {entry.get("of", path) for path, entry in told.items()}
    assert set(routes) - answered_by == {openapi.ACTION}
    assert answered_by - set(routes) == set()


def test_every_part_of_an_address_is_explained() -> None:
    said = openapi.words()
    named = {name for path in said["paths"] for name in re.findall(r"\{(\w+)\}", path)}
    asked = {name for entry in said["paths"].values() for name in entry.get("query", ())}
    assert (named | asked) - said["parameters"].keys() == set()
    used = {entry["schema"] for entry in said["paths"].values() if "schema" in entry} | {"Error"}
    assert used == said["schemas"].keys()


def test_the_description_names_what_is_served_now(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": "http://127.0.0.1:8000"}]
    target = told["paths"]["/catalogue/{collection}/{table}.csv"]["get"]["parameters"]
    assert target[0]["schema"]["enum"] == ["qinghe-joint", "zhenjiang-stb"]
    assert "/api/3/action/datastore_search" in told["paths"]
    assert all(o["summary"] for path in told["paths"].values() for o in path.values())


def test_random_requests_find_nothing_that_is_not_described(served: str, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "st"), "run", f"{served}/openapi.json", "--seed", "1"]
    command += ["--max-examples", "8", "--phases", "examples,coverage,fuzzing", "--continue-on-failure"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=500)
    assert run.returncode == 0, run.stdout[-8000:]
    found = CASES.search(run.stdout)
    assert found and int(found[1]) >= 1000, run.stdout[-2000:]


def test_examples_are_of_what_is_published(client: TestClient, published: Published) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    shown = {
        p["name"]: p["example"]
        for path in ("/{address}/{key}.json", "/search.json")
        for p in paths[path]["get"]["parameters"]
        if "example" in p
    }
    assert published.find("indicators", shown["key"])
    assert published.search(shown["q"]).total


def test_the_description_names_no_row_of_any_bureau() -> None:
    told = (ROOT / "portal" / "api" / "openapi.yaml").read_text("utf-8")
    assert not re.search(r"zjstb|qhx|研发", told)
