"""Data packages that other people's Frictionless reads from the address: everything, or one table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from etl.catalogue.record import Catalogue, Dataset
from etl.catalogue.streams import json_with

Node = dict[str, Any]
SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"


def whole(catalogue: Catalogue) -> Iterator[bytes]:
    """The package of all tables of all collections, a resource a line."""
    head = {
        "$schema": SCHEMA,
        "name": "catalogue",
        "title": catalogue.title.zh,
        "title_en": catalogue.title.en,
        "description": catalogue.description.zh,
        "homepage": f"{catalogue.site.address}/",
        "contributors": [{"title": catalogue.publisher.name.zh, "roles": ["publisher"]}],
    }
    return json_with(head, "resources", (resource(d) for d in catalogue.datasets))


def alone(dataset: Dataset) -> Node:
    """The package of one table: keys that name rows of other tables are left out, as those are not in it."""
    only = resource(dataset)
    only["schema"].pop("foreignKeys", None)
    modified = dataset.series.modified
    return {
        "$schema": SCHEMA,
        "name": dataset.name,
        "title": dataset.title.zh,
        "title_en": dataset.title.en,
        "description": dataset.description.zh,
        "homepage": dataset.url,
        "version": dataset.series.version,
        **({"created": f"{modified}T00:00:00Z"} if modified else {}),
        "keywords": [*dataset.keywords.zh, *dataset.keywords.en],
        "licenses": _licences(dataset),
        "contributors": _contributors(dataset),
        "resources": [only],
    }


def resource(dataset: Dataset) -> Node:
    """A table: its file, its schema, and the facts of the catalogue; `aboutUrl` is the address of a row."""
    series = dataset.series
    schema: Node = json.loads(json.dumps(series.resources[dataset.table.name]["schema"], default=str))
    for key in schema.get("foreignKeys", ()):
        if key["reference"]["resource"]:
            key["reference"]["resource"] = f"{series.name}-{key['reference']['resource']}"
    csv = next(file for file in dataset.files if file.format == "csv")
    period = series.period
    stated = {
        "name": dataset.name,
        "type": "table",
        "path": series.site.address + csv.path,
        "title": dataset.title.zh,
        "title_en": dataset.title.en,
        "description": dataset.description.zh,
        "homepage": dataset.url,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": csv.size,
        "hash": csv.sha256 and f"sha256:{csv.sha256}",
        "rows": dataset.rows,
        "version": series.version,
        "issued": series.issued,
        "modified": series.modified,
        "aboutUrl": dataset.row_template,
        "licenses": _licences(dataset),
        "publisher": {"name": series.publisher.name.zh, "name_en": series.publisher.name.en},
        "temporal": {"start": period[0], "end": period[1]} if period else None,
        "spatial": {"uri": series.place.uri, "title": series.place.zh, "title_en": series.place.en},
        "sources": [{"title": series.provenance.zh, "path": series.url}],
        "schema": schema,
    }
    return {key: value for key, value in stated.items() if value is not None}


def _licences(dataset: Dataset) -> list[Node]:
    licence = dataset.series.licence
    return [{"name": licence.name, "path": licence.path, "title": licence.title.zh}] if licence else []


def _contributors(dataset: Dataset) -> list[Node]:
    site = dataset.series.site
    return [
        {"title": dataset.series.publisher.name.zh, "roles": ["publisher"]},
        {"title": site.publisher, "path": f"{site.address}/about", "roles": ["maintainer"]},
    ]
