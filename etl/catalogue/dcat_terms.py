"""The words of DCAT-AP: the context of its JSON-LD, and nodes for the concepts that a catalogue uses.

The concepts are described as their keepers describe them, so that a catalogue can be understood and validated without
fetching anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from etl.catalogue.record import Agent, Dataset
from etl.catalogue.vocabulary import ADMS, EU, authority, media_type_uri, vocabulary

Node = dict[str, Any]
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CKAN = "https://docs.ckan.org/en/latest/api/"
SHA256 = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
"""With https, as the shapes of DCAT-AP want it, though the vocabulary itself is named with http."""
PROCESSOR = "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/processor"
_OF = {
    "dct": "accessRights accrualPeriodicity conformsTo format identifier license provenance publisher rights "
    "spatial temporal",
    "dcat": "accessService accessURL contactPoint dataset distribution downloadURL endpointDescription endpointURL "
    "hasVersion inSeries landingPage mediaType servesDataset service theme themeTaxonomy version",
    "foaf": "homepage",
    "adms": "status",
    "dcatap": "availability",
    "spdx": "algorithm checksum",
    "prov": "qualifiedAttribution",
}
_TEXTS = {"title": "dct:title", "description": "dct:description", "keyword": "dcat:keyword", "label": "rdfs:label"}
_TYPED = {
    "issued": ("dct:issued", "xsd:date"),
    "modified": ("dct:modified", "xsd:date"),
    "startDate": ("dcat:startDate", "xsd:date"),
    "endDate": ("dcat:endDate", "xsd:date"),
    "byteSize": ("dcat:byteSize", "xsd:nonNegativeInteger"),
    "checksumValue": ("spdx:checksumValue", "xsd:hexBinary"),
}
CONTEXT: Node = {
    **PREFIXES,
    **{name: f"{prefix}:{name}" for prefix, names in _OF.items() for name in names.split()},
    "language": "dct:language",
    **{name: {"@id": iri, "@container": "@language"} for name, iri in _TEXTS.items()},
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    **{name: {"@id": iri, "@type": kind} for name, (iri, kind) in _TYPED.items()},
}


def publisher_type(kind: str) -> str:
    """The URI of a publisher type."""
    return f"{ADMS}publishertype/{kind}"


def nodes(datasets: Sequence[Dataset], agents: Sequence[Agent]) -> list[Node]:
    """Every concept that the description of these datasets and agents names, once."""
    found = {
        node["@id"]: node
        for node in (
            *_of_authorities(datasets),
            *(_publisher_type(a.kind) for a in agents),
            *_licences(datasets),
            *_files(datasets),
            *_standards(datasets),
            *_places(datasets),
        )
    }
    return list(found.values())


def _of_authorities(datasets: Sequence[Dataset]) -> Iterable[Node]:
    known, series = vocabulary(), [d.series for d in datasets]
    for table, titles in (("data-theme", "主题"), ("distribution-status", "状态"), ("publishertype", "发布者类别")):
        scheme = f"{ADMS}publishertype/1.0" if table == "publishertype" else EU + table
        yield {"@id": scheme, "@type": "skos:ConceptScheme", "title": {"zh": titles, "en": table}}
    for theme in (t for s in series for t in s.themes):
        yield _concept("data-theme", theme, known["themes"].get(theme, {}))
    for code in known["languages"].values():
        yield _concept("language", code["code"], code, "dct:LinguisticSystem")
    for s in series:
        stated = known["frequencies"][s.frequency]
        yield _concept("frequency", stated["code"], {"title": s.frequency, **stated}, "dct:Frequency")
    yield _concept("access-right", "PUBLIC", {"title": "公开", "title_en": "public"}, "dct:RightsStatement")
    yield _concept("planned-availability", "STABLE", {"title": "稳定", "title_en": "stable"})
    yield _concept("distribution-status", "COMPLETED", {"title": "已完成", "title_en": "completed"})
    yield _concept("distribution-status", "DEVELOP", {"title": "草稿", "title_en": "under development"})


def _concept(table: str, code: str, titles: Node, *kinds: str) -> Node:
    return {
        "@id": authority(table, code),
        "@type": ["skos:Concept", *kinds],
        "prefLabel": {"zh": titles.get("title", code), "en": titles.get("title_en", code)},
        "skos:inScheme": {"@id": EU + table},
    }


def _publisher_type(kind: str) -> Node:
    titles = vocabulary()["publisher_types"].get(kind, {})
    return {
        "@id": publisher_type(kind),
        "@type": "skos:Concept",
        "prefLabel": {"zh": titles.get("title", kind), "en": titles.get("title_en", kind)},
        "skos:inScheme": {"@id": f"{ADMS}publishertype/1.0"},
    }


def _licences(datasets: Iterable[Dataset]) -> Iterable[Node]:
    for licence in (d.series.licence for d in datasets if d.series.licence):
        known = vocabulary()["licences"].get(licence.name, {})
        kind = known.get("type", "Other")
        yield {
            "@id": f"{ADMS}licencetype/{kind}",
            "@type": "skos:Concept",
            "prefLabel": {"en": kind},
            "skos:inScheme": {"@id": f"{ADMS}licencetype/1.0"},
        }
        yield {
            "@id": authority("licence", licence.code) if licence.code else licence.path,
            "@type": "dct:LicenseDocument",
            "title": {"zh": licence.title.zh, "en": licence.title.en},
            "dct:type": {"@id": f"{ADMS}licencetype/{kind}"},
            "rdfs:seeAlso": {"@id": licence.path},
        }


def _files(datasets: Iterable[Dataset]) -> Iterable[Node]:
    for name in dict.fromkeys(f.format for d in datasets for f in d.files):
        form = vocabulary()["formats"][name]
        uri = authority("file-type", form["code"])
        yield {"@id": uri, "@type": "dct:MediaTypeOrExtent", "skos:inScheme": {"@id": f"{EU}file-type"}}
        yield {"@id": media_type_uri(form["media_type"]), "@type": "dct:MediaType"}
    yield {"@id": SHA256, "@type": "spdx:ChecksumAlgorithm"}


def _standards(datasets: Iterable[Dataset]) -> Iterable[Node]:
    yield {"@id": CKAN, "@type": "dct:Standard", "title": {"en": "CKAN Action API 3"}}
    for d in datasets:
        title = {"zh": f"{d.title.zh}：表结构", "en": f"{d.title.en}: schema"}
        yield {"@id": f"{d.url}.csv-metadata.json", "@type": "dct:Standard", "title": title}


def _places(datasets: Iterable[Dataset]) -> Iterable[Node]:
    for place in (d.series.place for d in datasets):
        scheme = {"skos:inScheme": {"@id": f"{EU}country"}} if place.uri.startswith(f"{EU}country/") else {}
        yield {
            "@id": place.uri,
            "@type": "dct:Location",
            "prefLabel": {"zh": place.zh, "en": place.en},
            "dcat:bbox": {"@value": place.bbox, "@type": "http://www.opengis.net/ont/geosparql#wktLiteral"},
            "dcat:centroid": {"@value": place.centroid, "@type": "http://www.opengis.net/ont/geosparql#wktLiteral"},
            **scheme,
        }
