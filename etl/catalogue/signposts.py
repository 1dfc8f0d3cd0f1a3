"""Signposting and linksets (RFC 8288, RFC 9264): where to find data, licence, description and the address to cite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from etl.catalogue.record import Catalogue, Dataset, Series
from etl.catalogue.vocabulary import vocabulary

LINKSET = "application/linkset+json"
MOST = 100
"""Links of one relation in a header; the linkset has them all."""


@dataclass(frozen=True)
class Signpost:
    """A typed link."""

    relation: str
    target: str
    media_type: str | None = None

    @property
    def header(self) -> str:
        """The link as the Link header writes it.

        >>> Signpost("item", "https://x.example/a.csv", "text/csv").header
        '<https://x.example/a.csv>; rel="item"; type="text/csv"'
        """
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.target}>; rel="{self.relation}"{kind}'


def of_dataset(dataset: Dataset) -> list[Signpost]:
    """The links of a table's page."""
    series, forms = dataset.series, vocabulary()["formats"]
    return [
        Signpost("cite-as", dataset.url),
        Signpost("type", "https://schema.org/Dataset"),
        Signpost("type", "https://schema.org/AboutPage"),
        *_shared(series),
        Signpost("collection", series.url, "text/html"),
        Signpost("describedby", f"{dataset.url}.jsonld", "application/ld+json"),
        Signpost("describedby", f"{dataset.url}.ttl", "text/turtle"),
        Signpost("describedby", f"{dataset.url}.csv-metadata.json", "application/csvm+json"),
        *(Signpost("item", series.site.address + f.path, forms[f.format]["media_type"]) for f in dataset.files),
    ]


def of_file(dataset: Dataset) -> list[Signpost]:
    """The links of a table's file: first the meaning of its columns, which readers of CSV on the Web look for."""
    return [
        Signpost("describedby", f"{dataset.url}.csv-metadata.json", "application/csvm+json"),
        Signpost("cite-as", dataset.url),
        *_shared(dataset.series),
        Signpost("collection", dataset.url, "text/html"),
    ]


def of_series(series: Series) -> list[Signpost]:
    """The links of a collection's page."""
    address = series.url.rstrip("/")
    return [
        Signpost("cite-as", series.url),
        Signpost("type", "https://schema.org/Dataset"),
        Signpost("type", "https://schema.org/AboutPage"),
        *_shared(series),
        Signpost("describedby", f"{address}.jsonld", "application/ld+json"),
        Signpost("describedby", f"{address}.ttl", "text/turtle"),
        Signpost("describedby", f"{address}/datapackage.json", "application/json"),
        *(Signpost("item", d.url, "text/html") for d in series.datasets),
    ]


def of_row(dataset: Dataset, key: str) -> list[Signpost]:
    """The links of a row's page."""
    address = f"{dataset.series.site.address}/{dataset.table.address}/{key}"
    return [
        Signpost("cite-as", address),
        Signpost("type", "https://schema.org/AboutPage"),
        *_shared(dataset.series),
        Signpost("collection", dataset.url, "text/html"),
        Signpost("describedby", f"{address}.jsonld", "application/ld+json"),
        Signpost("item", f"{address}.json", "application/json"),
        Signpost("item", f"{address}.csv", "text/csv"),
    ]


def header(links: Iterable[Signpost], linkset: str) -> str:
    """The Link header; of many items only the first, as the linkset has them all."""
    kept: list[str] = []
    items = 0
    for link in links:
        items += link.relation == "item"
        if items <= MOST or link.relation != "item":
            kept.append(link.header)
    return ", ".join([*kept, Signpost("linkset", linkset, LINKSET).header])


def linkset(anchor: str, links: Iterable[Signpost]) -> dict[str, Any]:
    """The linkset of a page."""
    context: dict[str, Any] = {"anchor": anchor}
    for link in links:
        target = {"href": link.target} | ({"type": link.media_type} if link.media_type else {})
        context.setdefault(link.relation, []).append(target)
    return {"linkset": [context]}


def api_catalog(catalogue: Catalogue) -> dict[str, Any]:
    """The interfaces of the site, for `/.well-known/api-catalog` (RFC 9727)."""
    address = catalogue.site.address
    described = {"service-desc": [{"href": f"{address}/openapi.json", "type": "application/json"}]}
    described |= {"service-doc": [{"href": f"{address}/services/", "type": "text/html"}]}
    anchors = ("/api/3/action", "/search.json", "/mcp")
    return {"linkset": [{"anchor": address + anchor, **described} for anchor in anchors]}


def _shared(series: Series) -> list[Signpost]:
    licence = [Signpost("license", series.licence.path)] if series.licence else []
    return [*licence, Signpost("author", series.publisher.url)]
