"""Other people's tools, unmodified, pointed at the address of a running server."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import ckanapi
import httpx
import pytest
from frictionless import Package
from frictionless.portals import CkanAdapter, CkanControl
from mcp import Client
from rdflib import RDF, Graph, Namespace, URIRef

from etl.catalogue import mqa

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
TARGET = "zhenjiang-stb-target"


def get(address: str, **headers: str) -> httpx.Response:
    return httpx.get(address, headers=headers, timeout=60)


@pytest.fixture(scope="module")
def names(served: str) -> list[str]:
    found: list[str] = get(f"{served}/api/3/action/package_list").json()["result"]
    return found


def test_ckanapi_dumps_every_dataset_with_what_people_ask_for(served: str, names: list[str]) -> None:
    scripts = Path(sys.executable).parent
    # It starts itself anew for each worker, by its name.
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    command = [str(scripts / "ckanapi"), "dump", "datasets", "--all", "-r", served]
    dumped = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment)
    assert dumped.returncode == 0, dumped.stderr
    packages = [json.loads(line) for line in dumped.stdout.splitlines()]
    assert sorted(p["name"] for p in packages) == sorted(names)
    for package in packages:
        extras = {e["key"]: e["value"] for e in package["extras"]}
        assert package["title"] and package["license_id"] == "CC-BY-4.0" and package["organization"]["title"]
        assert extras["temporal_start"] and extras["spatial_text"] and extras["row_url"].startswith(served)


def test_ckanapi_finds_and_reads_rows_in_chinese_with_their_links(served: str) -> None:
    remote = ckanapi.RemoteCKAN(served)
    found = remote.action.package_search(q="目标", fq="groups:zhenjiang-stb", rows=1000)
    assert TARGET in [p["name"] for p in found["results"]]
    rows = remote.action.datastore_search(
        resource_id=f"{TARGET}.csv", filters={"notice_id": "zjstb-zkd-2017-13"}, q="研发", sort="value desc"
    )
    assert rows["total"] == len(rows["records"]) > 0
    values = [r["value"] for r in rows["records"] if r["value"] is not None]
    assert values == sorted(values, reverse=True)
    for record in rows["records"]:
        assert "研发" in record["name"] + record["quote"]
        assert get(record["_url"]).status_code == 200
    sql = f"SELECT target_id, quote FROM \"{TARGET}.csv\" WHERE quote LIKE '%研发%' ORDER BY target_id LIMIT 3"  # noqa: S608
    chosen = remote.action.datastore_search_sql(sql=sql)["records"]
    assert [r["_url"] for r in chosen] == [f"{served}/targets/{r['target_id']}" for r in chosen]


def test_ckanapi_is_told_what_is_wrong(served: str) -> None:
    remote = ckanapi.RemoteCKAN(served)
    with pytest.raises(ckanapi.NotFound):
        remote.action.package_show(id="nothing")
    with pytest.raises(ckanapi.ValidationError):
        remote.action.datastore_search(resource_id=TARGET, filters={"nothing": 1})
    with pytest.raises(ckanapi.ValidationError):
        remote.action.datastore_search_sql(sql=f'DELETE FROM "{TARGET}"')  # noqa: S608


def test_frictionless_reads_everything_from_the_address(served: str, names: list[str]) -> None:
    package = Package(f"{served}/datapackage.json")
    assert [r.name for r in package.resources] == names
    resource = package.get_resource(TARGET)
    facts = resource.custom
    assert resource.licenses[0]["name"] == "CC-BY-4.0"
    assert (facts["spatial"]["title"], facts["publisher"]["name"]) == ("镇江市", "镇江市科学技术局")
    rows = resource.read_rows()
    assert len(rows) == get(f"{served}/catalogue/zhenjiang-stb/target.json").json()["total"] > 0
    assert any("研发" in (row["quote"] or "") for row in rows)
    first = facts["aboutUrl"].replace("{target_id}", rows[0]["target_id"])
    assert get(first).status_code == 200


def test_frictionless_finds_nothing_wrong_with_the_packages(served: str) -> None:
    for address in ("/datapackage.json", "/catalogue/zhenjiang-stb/datapackage.json"):
        report = Package(f"{served}{address}").validate()
        assert report.flatten(["type", "note"]) == [], address
        assert report.stats["tasks"] > 15


def test_the_ckan_adapter_of_frictionless_loads_a_dataset(served: str) -> None:
    try:
        import frictionless_ckan_mapper  # noqa: F401
    except ImportError:
        assert not os.environ.get("CI"), "frictionless[ckan] is not installed"
        pytest.skip("没有 frictionless-ckan-mapper：请安装 frictionless[ckan]。")
    package = CkanAdapter(CkanControl(baseurl=served, dataset=TARGET)).read_package()
    assert (package.name, [r.name for r in package.resources]) == (TARGET, [TARGET])
    assert any("研发" in (row["quote"] or "") for row in package.resources[0].read_rows())


@pytest.mark.parametrize(
    ("accept", "form"), [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")]
)
def test_an_rdf_client_gets_what_it_asks_for(served: str, names: list[str], accept: str, form: str) -> None:
    answer = get(f"{served}/catalog", Accept=accept)
    assert answer.headers["content-type"].startswith(accept)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = Graph().parse(data=answer.content, format=form)
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == len(names)
    for dataset in datasets:
        assert {str(t.language) for t in graph.objects(dataset, DCT.title)} == {"zh", "en"}  # type: ignore[attr-defined]
        for wanted in (DCT.publisher, DCT.spatial, DCT.temporal, DCAT.theme, DCAT.contactPoint):
            assert graph.value(dataset, wanted), (dataset, wanted)


def test_every_address_in_the_catalogue_answers_get_and_head(served: str) -> None:
    graph = Graph().parse(data=get(f"{served}/catalog.ttl").content, format="turtle")
    named = {
        str(o) for p in (DCAT.accessURL, DCAT.downloadURL, DCAT.endpointDescription) for o in graph.objects(None, p)
    }
    with httpx.Client(timeout=60) as client:
        wrong = {u: (client.head(u).status_code, client.get(u).status_code) for u in named}
    assert {u: s for u, s in wrong.items() if s != (200, 200)} == {}
    assert len(named) > 80


def test_the_served_catalogue_gets_all_405_points_by_requests(served: str) -> None:
    """Every address is really asked for, with GET and HEAD."""
    with httpx.Client(timeout=60) as client:

        def reachable(url: str) -> bool:
            return client.head(url).status_code == client.get(url).status_code == 200

        scores = list(mqa.scores(client.get(f"{served}/catalog.jsonld").json(), reachable))
    assert {s.best for s in scores} == {mqa.MOST}
    assert min(s.average for s in scores) > 390


def test_models_are_answered_and_kept_no_line_open(served: str) -> None:
    answer = get(f"{served}/mcp", Accept="text/event-stream")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_sizes_and_checksums_are_those_of_the_files(served: str) -> None:
    import hashlib

    spdx = Namespace("http://spdx.org/rdf/terms#")
    graph = Graph().parse(data=get(f"{served}/catalogue/zhenjiang-stb/target.ttl").content, format="turtle")
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        body = get(str(graph.value(distribution, DCAT.downloadURL))).content
        assert int(str(graph.value(distribution, DCAT.byteSize))) == len(body)
        checksum = graph.value(distribution, spdx.checksum)
        if checksum is not None:
            assert str(graph.value(checksum, spdx.checksumValue)) == hashlib.sha256(body).hexdigest()


def test_csvw_gives_each_row_its_address(served: str, tmp_path: Path) -> None:
    from csvw import TableGroup  # type: ignore[import-untyped]

    metadata = get(f"{served}/catalogue/zhenjiang-stb/target.csv-metadata.json").json()
    body = get(f"{served}/catalogue/zhenjiang-stb/target.csv")
    assert f'<{served}/catalogue/zhenjiang-stb/target.csv-metadata.json>; rel="describedby"' in body.headers["link"]
    (tmp_path / "target.csv").write_bytes(body.content)
    group = {"@context": metadata["@context"], "tables": [{k: v for k, v in metadata.items() if k != "@context"}]}
    (tmp_path / "metadata.json").write_text(json.dumps(group), "utf-8")
    read = list(TableGroup.from_file(tmp_path / "metadata.json").tables[0].iterdicts())
    plain = list(csv.DictReader(io.StringIO(body.text)))
    assert [r["target_id"] for r in read] == [r["target_id"] for r in plain]
    template = metadata["tableSchema"]["aboutUrl"]
    assert get(template.replace("{target_id}", read[0]["target_id"])).status_code == 200


def test_a_model_finds_describes_reads_and_asks(served: str) -> None:
    # In a thread of its own: a browser that other tests opened leaves a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(_as_a_model(served))).result()


async def _as_a_model(served: str) -> None:
    async with Client(f"{served}/mcp") as client:
        tools = {t.name for t in (await client.list_tools()).tools}
        assert tools == {"search", "list_datasets", "describe_dataset", "get_row", "query"}

        async def call(name: str, **arguments: Any) -> dict[str, Any]:
            result = await client.call_tool(name, arguments)
            assert not result.is_error, result.content
            found: dict[str, Any] = result.structured_content or {}
            return found

        listed = await call("list_datasets")
        assert listed["total"] == len(listed["datasets"]) > 30
        assert all(
            d["title"] and d["licence"] and d["publisher"] and d["period"] and d["place"] for d in listed["datasets"]
        )
        found = await call("search", query="研发投入")
        hit = next(h for h in found["hits"] if h["id"].startswith("zjstb-zkd-2017-13.") and h["table"] == "target")
        row = await call("get_row", id=hit["id"])
        assert row["url"] == hit["url"] == f"{served}/targets/{hit['id']}"
        assert "研发" in row["quote"] and hit["quote"] == row["quote"]
        described = await call("describe_dataset", collection="zhenjiang-stb", table="target")
        assert "quote" in [c["name"] for c in described["columns"]]
        asked = await call("query", collection="zhenjiang-stb", sql="select target_id, value from target limit 2")
        assert [r["_url"].startswith(f"{served}/targets/") for r in asked["rows"]] == [True, True]
        refused = await client.call_tool("query", {"collection": "zhenjiang-stb", "sql": "select zeroblob(900000000)"})
        assert refused.is_error
        missing = await client.call_tool("get_row", {"id": "nothing"})
        assert missing.is_error and "没有编号" in str(missing.content)


def test_every_dataset_says_where_its_rows_stand(served: str, names: list[str]) -> None:
    """The first row of each table has an address that answers, whatever table it is."""
    with httpx.Client(timeout=60) as client:
        for name in names:
            asked = {"resource_id": name, "limit": 1}
            records = client.get(f"{served}/api/3/action/datastore_search", params=asked).json()["result"]["records"]
            for record in records:
                assert client.get(record["_url"]).status_code == 200, record["_url"]


def test_signposts_lead_from_a_row_to_all_that_belongs_to_it(served: str) -> None:
    key = "zjstb-zkd-2017-13"
    page = httpx.head(f"{served}/notices/{key}")
    links = httpx.Response(200, headers={"link": page.headers["link"]}).links
    assert {"cite-as", "license", "describedby", "collection", "linkset", "type"} <= links.keys()
    linkset = get(links["linkset"]["url"]).json()["linkset"][0]
    assert linkset["anchor"] == f"{served}/notices/{key}"
    for relation in ("describedby", "item", "collection"):
        assert {get(target["href"]).status_code for target in linkset[relation]} == {200}


def test_a_graph_of_one_table_is_part_of_the_whole(served: str) -> None:
    whole = Graph().parse(data=get(f"{served}/catalog.ttl").content, format="turtle")
    part = Graph().parse(
        data=get(f"{served}/catalogue/zhenjiang-stb/target", Accept="text/turtle").content, format="turtle"
    )
    dataset = URIRef(f"{served}/catalogue/zhenjiang-stb/target")
    for predicate in (DCT.title, DCT.issued, DCT.modified, DCT.identifier):
        assert set(part.objects(dataset, predicate)) == set(whole.objects(dataset, predicate)) != set()
