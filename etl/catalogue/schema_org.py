"""schema.org: datasets as search engines for data look for them; goes into every dataset's page."""

from __future__ import annotations

from typing import Any

from etl.catalogue.record import Agent, Catalogue, Dataset, Series
from etl.catalogue.vocabulary import vocabulary
from etl.declaration import Field

Node = dict[str, Any]
CONTEXT = "https://schema.org/"


def dataset(catalogue: Catalogue, described: Dataset) -> Node:
    """A table, with what Google requires and recommends of a dataset."""
    series = described.series
    return _filled(
        {
            "@context": CONTEXT,
            "@id": described.url,
            "@type": "Dataset",
            "name": described.title.zh,
            "alternateName": described.title.en,
            "description": f"{described.description.zh}\n\n{described.description.en}",
            "url": described.url,
            "identifier": described.url,
            "keywords": [*described.keywords.zh, *described.keywords.en],
            "isPartOf": {"@id": series.url, "@type": "Dataset", "name": series.title.zh, "url": series.url}
            | {"description": series.description.zh}
            | _filled(
                {"license": series.licence.path if series.licence else None, "creator": _agent(series.publisher)}
            ),
            "variableMeasured": [_variable(described, field) for field in described.table.fields],
            "measurementTechnique": series.provenance.zh,
            "size": f"{described.rows} 行",
            "distribution": [_download(described, n) for n in range(len(described.files))],
            **_common(catalogue, series),
        }
    )


def collection(catalogue: Catalogue, series: Series) -> Node:
    """A collection, with its tables as its parts."""
    parts = [{"@id": d.url, "@type": "Dataset", "name": d.title.zh, "url": d.url} for d in series.datasets]
    return _filled(
        {
            "@context": CONTEXT,
            "@id": series.url,
            "@type": "Dataset",
            "name": series.title.zh,
            "alternateName": series.title.en,
            "description": f"{series.description.zh}\n\n{series.description.en}",
            "url": series.url,
            "identifier": series.url,
            "keywords": [*series.keywords.zh, *series.keywords.en],
            "hasPart": [p | {"description": d.description.zh} for p, d in zip(parts, series.datasets, strict=True)],
            **_common(catalogue, series),
        }
    )


def catalog(catalogue: Catalogue) -> Node:
    """The catalogue itself."""
    address = catalogue.site.address
    return {
        "@id": f"{address}/catalogue/",
        "@type": "DataCatalog",
        "name": catalogue.title.zh,
        "url": f"{address}/catalogue/",
    }


def _common(catalogue: Catalogue, series: Series) -> Node:
    period = series.period
    west, south, east, north = series.place.box
    return {
        "version": series.version,
        "license": series.licence.path if series.licence else None,
        "creator": _agent(series.publisher),
        "publisher": _agent(series.publisher),
        "maintainer": _agent(catalogue.publisher),
        "isAccessibleForFree": True,
        "inLanguage": "zh-CN",
        "datePublished": series.issued,
        "dateModified": series.modified,
        "temporalCoverage": f"{period[0]}/{period[1]}" if period else None,
        "spatialCoverage": {
            "@type": "Place",
            "name": series.place.zh,
            "sameAs": series.place.uri,
            "geo": {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"},
        },
        "includedInDataCatalog": catalog(catalogue),
    }


def _agent(agent: Agent) -> Node:
    kind = "GovernmentOrganization" if agent.kind.endswith("Authority") else "Organization"
    return {"@type": kind, "@id": agent.url, "name": agent.name.zh, "alternateName": agent.name.en, "url": agent.url}


def _variable(described: Dataset, field: Field) -> Node:
    return _filled(
        {
            "@type": "PropertyValue",
            "@id": f"{described.url}#column-{field.name}",
            "name": field.name,
            "alternateName": field.title,
            "description": field.description or None,
            "unitText": field.unit,
        }
    )


def _download(described: Dataset, number: int) -> Node:
    file = described.files[number]
    form = vocabulary()["formats"][file.format]
    return _filled(
        {
            "@type": "DataDownload",
            "name": form["title"],
            "contentUrl": described.series.site.address + file.path,
            "encodingFormat": form["media_type"],
            "contentSize": None if file.size is None else f"{file.size} B",
            "sha256": file.sha256,
        }
    )


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value is not None}
