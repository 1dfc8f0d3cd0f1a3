"""The same facts in every dialect: one test reads them all and compares; others look at what only one dialect has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.plugins.parsers.jsonld import to_rdf

from etl.catalogue import ckan, csvw, data_json, dcat, llms, packages, schema_org, signposts, sitemap
from etl.catalogue.links import expanded
from etl.catalogue.record import Catalogue, Dataset
from etl.catalogue.vocabulary import authority

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
Facts = dict[str, tuple[Any, ...]]
"""Address of a dataset → title, licence, publisher, first and last year, place, issued, modified, version, files."""


def joined(pieces: Iterator[bytes]) -> Any:
    return json.loads(b"".join(pieces))


def files(urls: Any) -> tuple[str, ...]:
    """Addresses of files; the data package that CKAN lists besides is none of them."""
    return tuple(sorted(u for u in urls if not u.endswith("/datapackage.json")))


def by_dcat(catalogue: Catalogue) -> Facts:
    page = dcat.page(catalogue, 1)
    assert page is not None
    g = Graph()
    to_rdf(page, g)

    def one(subject: Any, *path: URIRef, language: str | None = None) -> str:
        for step in path:
            found = list(g.objects(subject, step))
            subject = next(o for o in found if language is None or getattr(o, "language", None) in (None, language))
        return str(subject)

    facts: Facts = {}
    for d in g.subjects(RDF.type, DCAT.Dataset):
        distributions = list(g.objects(d, DCAT.distribution))
        licences = {str(g.value(x, DCT.license)) for x in distributions}
        facts[str(d)] = (
            one(d, DCT.title, language="zh"),
            licences.pop() if len(licences) == 1 else licences,
            one(d, DCT.publisher, FOAF.name, language="zh"),
            one(d, DCT.temporal, DCAT.startDate)[:4],
            one(d, DCT.temporal, DCAT.endDate)[:4],
            one(d, DCT.spatial),
            one(d, DCT.issued),
            one(d, DCT.modified),
            one(d, DCAT.version),
            files(str(g.value(x, DCAT.downloadURL)) for x in distributions),
        )
    return facts


def by_schema_org(catalogue: Catalogue) -> Facts:
    return {
        s["url"]: (
            s["name"],
            licence(s["license"]),
            s["creator"]["name"],
            *s["temporalCoverage"].split("/"),
            s["spatialCoverage"]["sameAs"],
            s["datePublished"],
            s["dateModified"],
            s["version"],
            files(d["contentUrl"] for d in s["distribution"]),
        )
        for s in (schema_org.dataset(catalogue, d) for d in catalogue.datasets)
    }


def by_ckan(catalogue: Catalogue) -> Facts:
    def facts(p: dict[str, Any]) -> tuple[Any, ...]:
        extras = {e["key"]: e["value"] for e in p["extras"]}
        return (
            p["title"],
            licence(p["license_url"]),
            p["organization"]["title"],
            extras["temporal_start"],
            extras["temporal_end"],
            extras["spatial_uri"],
            p["metadata_created"][:10],
            p["metadata_modified"][:10],
            p["version"],
            files(r["url"] for r in p["resources"]),
        )

    return {p["url"]: facts(p) for p in (ckan.package(d) for d in catalogue.datasets)}


def by_package(catalogue: Catalogue) -> Facts:
    """A resource has one file, the CSV."""
    return {
        r["homepage"]: (
            r["title"],
            licence(r["licenses"][0]["path"]),
            r["publisher"]["name"],
            r["temporal"]["start"],
            r["temporal"]["end"],
            r["spatial"]["uri"],
            r["issued"],
            r["modified"],
            r["version"],
            (r["path"],),
        )
        for r in joined(packages.whole(catalogue))["resources"]
    }


def licence(path: str) -> str:
    """The EU's name of the licence under which both collections are published."""
    assert path == "https://creativecommons.org/licenses/by/4.0/"
    return authority("licence", "CC_BY_4_0")


def test_every_dialect_tells_the_same_facts(catalogue: Catalogue) -> None:
    facts = by_dcat(catalogue)
    assert len(facts) == sum(len(s.collection.tables) for s in catalogue.collections)
    assert by_schema_org(catalogue) == facts
    assert by_ckan(catalogue) == facts
    only_csv = {url: (*told[:-1], tuple(u for u in told[-1] if u.endswith(".csv"))) for url, told in facts.items()}
    assert by_package(catalogue) == only_csv
    us = {d["landingPage"]: d for d in joined(data_json.data_json(catalogue))["dataset"]}
    assert us.keys() == facts.keys()
    for url, (title, _, publisher, start, end, _, issued, modified, _, addresses) in facts.items():
        d = us[url]
        assert (d["title"], d["publisher"]["name"], d["temporal"]) == (title, publisher, f"{start}-01-01/{end}-12-31")
        assert (d["issued"], d["modified"], licence(d["license"])) == (issued, modified, facts[url][1])
        assert files(x["downloadURL"] for x in d["distribution"]) == addresses


def test_every_dialect_counts_the_same_rows(catalogue: Catalogue) -> None:
    counted = {d.url: d.rows for d in catalogue.datasets}
    assert {r["homepage"]: r["rows"] for r in joined(packages.whole(catalogue))["resources"]} == counted
    told = (ckan.extras(d) for d in catalogue.datasets)
    assert {e["identifier"]: int(e["rows"]) for e in told} == counted
    sizes = (schema_org.dataset(catalogue, d) for d in catalogue.datasets)
    assert {s["url"]: int(s["size"].split()[0]) for s in sizes} == counted


def test_the_columns_of_csvw_are_those_of_the_schema(catalogue: Catalogue) -> None:
    for dataset in catalogue.datasets:
        columns = csvw.metadata(dataset)["tableSchema"]["columns"]
        assert [c["name"] for c in columns] == list(dataset.table.columns)
        fields = packages.resource(dataset)["schema"]["fields"]
        assert [f["name"] for f in fields] == list(dataset.table.columns)
        variables = schema_org.dataset(dataset.series and catalogue, dataset)["variableMeasured"]
        assert [v["name"] for v in variables] == list(dataset.table.columns)


def test_a_page_has_what_google_requires_and_recommends(catalogue: Catalogue) -> None:
    asked = "name description alternateName creator identifier isAccessibleForFree keywords license version url "
    asked += "measurementTechnique spatialCoverage temporalCoverage variableMeasured includedInDataCatalog distribution"
    for dataset in catalogue.datasets:
        told = schema_org.dataset(catalogue, dataset)
        assert set(asked.split()) <= told.keys()
        assert 50 <= len(told["description"]) <= 5000
        assert all({"contentUrl", "encodingFormat"} <= d.keys() for d in told["distribution"])
    for series in catalogue.collections:
        told = schema_org.collection(catalogue, series)
        assert 50 <= len(told["description"]) <= 5000
        assert len(told["hasPart"]) == len(series.collection.tables)


def test_every_row_has_an_address(catalogue: Catalogue) -> None:
    series = catalogue.collections[0]
    templates = {d.table.name: d.row_template.removeprefix(series.site.address) for d in series.datasets}
    assert templates["target"] == "/targets/{target_id}"
    assert templates["passage"] == "/notices/{notice_id}#{passage_id}"
    assert templates["region"] == "/data/zhenjiang-stb/region?region_code={region_code}"
    for dataset in series.datasets:
        row = dict.fromkeys(dataset.table.columns, "甲/1")
        assert "%E7%94%B2%2F1" in str(expanded(dataset.row_template, row))


def test_what_a_declaration_leaves_out_is_derived(catalogue: Catalogue) -> None:
    first, second = catalogue.collections
    assert (first.place.uri, first.themes) == ("https://sws.geonames.org/1784642/", ("TECH", "GOVE"))
    assert (second.place.uri, second.place.zh) == (authority("country", "CHN"), "青禾县（虚构）")
    assert (second.publisher.kind, catalogue.publisher.kind) == ("LocalAuthority", "NonProfitOrganisation")


def test_names_of_datasets_lead_back_to_them(catalogue: Catalogue) -> None:
    for dataset in catalogue.datasets:
        assert catalogue.dataset(dataset.name) == dataset
        assert ckan.of_resource(f"{dataset.name}.csv", catalogue) == dataset
    assert [catalogue.dataset(name) for name in ("", "zhenjiang-stb", "zhenjiang-stb-x", "-", "x-target")] == [None] * 5


def test_dates_and_sizes_are_typed(catalogue: Catalogue) -> None:
    page = dcat.page(catalogue, 1)
    g = Graph()
    to_rdf(page, g)
    types = {p: {o.datatype for o in g.objects(None, p) if isinstance(o, Literal)} for p in (DCT.issued, DCAT.byteSize)}
    assert types == {DCT.issued: {XSD.date}, DCAT.byteSize: {XSD.nonNegativeInteger}}


def test_the_sitemap_lists_what_has_a_page(catalogue: Catalogue) -> None:
    listed = ElementTree.fromstring(b"".join(sitemap.index(catalogue)))  # noqa: S314 - our own
    names = [e.text.rpartition("/")[2] for e in listed.iter() if e.text and "/sitemaps/" in e.text]
    with_pages = [d for d in catalogue.datasets if d.table.address and d.rows]
    assert names == ["pages.xml", *(f"{d.name}-1.xml" for d in with_pages)]
    pages = list(sitemap.catalogue_pages(catalogue))
    assert len(pages) == 1 + 2 + sum(1 for _ in catalogue.datasets)


def test_models_are_told_of_every_dataset(catalogue: Catalogue) -> None:
    text = b"".join(llms.llms(catalogue)).decode()
    assert text.startswith("# 镇江科技公文数据")
    assert "非官方" in text
    assert [d.name for d in catalogue.datasets if f"]({d.url}.json)" not in text] == []


def test_a_header_has_a_bounded_number_of_links(catalogue: Catalogue) -> None:
    dataset = next(iter(catalogue.datasets))
    many = [signposts.Signpost("item", f"https://x.example/{n}") for n in range(1000)]
    header = signposts.header([*many, *signposts.of_dataset(dataset)], "https://x.example/linkset.json")
    assert header.count('rel="item"') == signposts.MOST
    assert header.endswith('rel="linkset"; type="application/linkset+json"')
    whole = signposts.linkset(dataset.url, many)["linkset"][0]
    assert (whole["anchor"], len(whole["item"])) == (dataset.url, 1000)


def test_a_date_that_is_not_known_is_left_out(catalogue: Catalogue) -> None:
    series = replace(catalogue.collections[0], issued=None, modified=None)
    undated = Catalogue(catalogue.site, (series,))
    dataset = next(iter(undated.datasets))
    told = [dcat.page(undated, 1), schema_org.dataset(undated, dataset), data_json.dataset(undated, dataset)]
    told += [packages.alone(dataset), csvw.metadata(dataset), ckan.package(dataset)]
    text = json.dumps(told, default=str) + b"".join(sitemap.urls(sitemap.catalogue_pages(undated))).decode()
    assert "None" not in text
    assert '"issued": "' not in json.dumps(told[:5])


@pytest.mark.parametrize("site_is_official", [True, False])
def test_only_an_official_site_is_published_by_an_authority(catalogue: Catalogue, site_is_official: bool) -> None:
    own = Catalogue(replace(catalogue.site, official=site_is_official))
    assert own.publisher.kind == ("LocalAuthority" if site_is_official else "NonProfitOrganisation")


def test_a_table_alone_names_no_row_of_another(catalogue: Catalogue) -> None:
    target: Dataset = next(d for d in catalogue.datasets if d.table.name == "target")
    alone = packages.alone(target)
    assert "foreignKeys" not in alone["resources"][0]["schema"]
    assert packages.resource(target)["schema"]["foreignKeys"][0]["reference"]["resource"].startswith("zhenjiang-stb-")
