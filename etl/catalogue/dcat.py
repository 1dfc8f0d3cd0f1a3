"""DCAT-AP 3: the catalogue in JSON-LD, some datasets at a time; Turtle and RDF/XML are the same graph."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from typing import Any

from etl.catalogue import dcat_nodes as nodes
from etl.catalogue import dcat_terms as terms
from etl.catalogue.record import Catalogue, Dataset

Node = dict[str, Any]
PAGE = 100
"""Datasets on a page of the catalogue."""


def page(catalogue: Catalogue, number: int, size: int = PAGE) -> Node | None:
    """A page of the catalogue, from 1; `None` beyond the last. The first page of an empty catalogue is empty."""
    shown = list(islice(catalogue.datasets, (number - 1) * size, number * size))
    if not shown and number != 1:
        return None
    total = sum(len(series.collection.tables) for series in catalogue.collections)
    graph = [_view(catalogue, number, size, total), *described(catalogue, shown)]
    return {"@context": terms.CONTEXT, "@graph": graph}


def part(catalogue: Catalogue, datasets: Sequence[Dataset]) -> Node:
    """The catalogue as far as it describes these datasets."""
    return {"@context": terms.CONTEXT, "@graph": described(catalogue, datasets)}


def described(catalogue: Catalogue, datasets: Sequence[Dataset]) -> list[Node]:
    """The nodes of a catalogue that lists these datasets."""
    series = list({d.series.name: d.series for d in datasets}.values())
    agents = {a.url: a for a in (catalogue.publisher, *(s.publisher for s in series))}
    return [
        nodes.catalog(catalogue, series, datasets),
        nodes.service(catalogue, series, datasets),
        *(nodes.series(catalogue, s) for s in series),
        *(nodes.dataset(catalogue, d) for d in datasets),
        *(nodes.agent(a) for a in agents.values()),
        nodes.contact(catalogue),
        *terms.nodes(datasets, list(agents.values())),
    ]


def serialised(graph: Node, form: str) -> bytes:
    """The graph as `jsonld`, `ttl` or `rdf`."""
    text = json.dumps(graph, ensure_ascii=False, indent=1)
    if form == "jsonld":
        return text.encode("utf-8")
    # Imported here: it takes a while, and only these forms need it.
    from rdflib import Graph
    from rdflib.plugins.parsers.jsonld import to_rdf

    parsed = Graph()
    for prefix, namespace in terms.PREFIXES.items():
        parsed.bind(prefix, namespace)
    # Not `parse`, which warns of its own workings.
    to_rdf(graph, parsed)
    return parsed.serialize(format={"ttl": "turtle", "rdf": "xml"}[form], encoding="utf-8")


def page_address(catalogue: Catalogue, number: int) -> str:
    """The address of a page, whatever form it is asked for in."""
    return f"{catalogue.site.address}/catalog" + (f"?page={number}" if number > 1 else "")


def last_page(catalogue: Catalogue, size: int = PAGE) -> int:
    """The number of the last page."""
    total = sum(len(series.collection.tables) for series in catalogue.collections)
    return max(1, -(-total // size))


def _view(catalogue: Catalogue, number: int, size: int, total: int) -> Node:
    last = max(1, -(-total // size))
    found: Node = {
        "@id": page_address(catalogue, number),
        "@type": ["hydra:PagedCollection", "hydra:PartialCollectionView"],
        "hydra:totalItems": total,
        "hydra:itemsPerPage": size,
    }
    others = {"first": 1, "last": last, "next": number + 1, "previous": number - 1}
    for relation, other in others.items():
        if 1 <= other <= last:
            address = {"@id": page_address(catalogue, other)}
            # Both the names of the specification and the older ones that harvesters still look for.
            found |= {f"hydra:{relation}": address, f"hydra:{relation}Page": address}
    return found
