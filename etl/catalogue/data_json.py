"""`data.json`: the catalogue as DCAT-US 1.1 has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.catalogue.record import Catalogue, Dataset, File
from etl.catalogue.streams import json_with
from etl.catalogue.vocabulary import authority, vocabulary

Node = dict[str, Any]
SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"


def data_json(catalogue: Catalogue) -> Iterator[bytes]:
    """The whole file, a dataset a line."""
    head = {
        "@context": f"{SCHEMA}/catalog.jsonld",
        "@id": f"{catalogue.site.address}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
    }
    return json_with(head, "dataset", (dataset(catalogue, d) for d in catalogue.datasets))


def dataset(catalogue: Catalogue, described: Dataset) -> Node:
    """One dataset."""
    series = described.series
    period = series.period
    stated = {
        "@type": "dcat:Dataset",
        "title": described.title.zh,
        "description": described.description.zh,
        "keyword": [*described.keywords.zh, *described.keywords.en],
        "modified": series.modified,
        "issued": series.issued,
        "publisher": {"@type": "org:Organization", "name": series.publisher.name.zh},
        "contactPoint": _contact(catalogue),
        "identifier": described.url,
        "accessLevel": "public",
        "license": series.licence.path if series.licence else None,
        "rights": series.licence.title.zh if series.licence else None,
        "spatial": series.place.zh,
        "temporal": f"{period[0]}-01-01/{period[1]}-12-31" if period else None,
        "accrualPeriodicity": vocabulary()["frequencies"][series.frequency]["iso"],
        "language": catalogue.site.metadata.get("site", {}).get("languages", ["zh"]),
        "theme": [authority("data-theme", code) for code in series.themes],
        "landingPage": described.url,
        "describedBy": f"{described.url}.csv-metadata.json",
        "describedByType": "application/csvm+json",
        "distribution": [_distribution(described, file) for file in described.files],
    }
    return {key: value for key, value in stated.items() if value is not None}


def _distribution(described: Dataset, file: File) -> Node:
    form = vocabulary()["formats"][file.format]
    return {
        "@type": "dcat:Distribution",
        "title": f"{described.title.zh}（{form['title']}）",
        "downloadURL": described.series.site.address + file.path,
        "mediaType": form["media_type"],
        "format": form["title"],
    }


def _contact(catalogue: Catalogue) -> Node:
    contact = catalogue.site.contact
    email = {"hasEmail": contact} if contact.startswith("mailto:") else {"hasURL": contact}
    return {"@type": "vcard:Contact", "fn": catalogue.publisher.name.zh} | email
