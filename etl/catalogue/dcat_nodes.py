"""The nodes of a DCAT-AP catalogue: each a pure function of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from etl.catalogue import dcat_terms as terms
from etl.catalogue.record import Agent, Catalogue, Dataset, File, Series, Text
from etl.catalogue.vocabulary import authority, media_type_uri, vocabulary

Node = dict[str, Any]


def catalog(catalogue: Catalogue, series: Sequence[Series], datasets: Iterable[Dataset]) -> Node:
    """The catalogue, as far as it lists these datasets."""
    address = catalogue.site.address
    licences = [s.licence for s in series if s.licence]
    return _filled(
        {
            "@id": f"{address}/catalog#catalog",
            "@type": "dcat:Catalog",
            "title": _text(catalogue.title),
            "description": _text(catalogue.description),
            "publisher": {"@id": catalogue.publisher.url},
            "homepage": {"@id": f"{address}/", "@type": "foaf:Document"},
            "language": _languages(catalogue),
            "license": _licence(licences[0].code, licences[0].path) if licences else None,
            "issued": min((s.issued for s in series if s.issued), default=None),
            "modified": max((s.modified for s in series if s.modified), default=None),
            "spatial": [{"@id": uri} for uri in dict.fromkeys(s.place.uri for s in series)],
            "themeTaxonomy": {"@id": authority("data-theme", "").rstrip("/")},
            "service": {"@id": _service_id(catalogue)},
            "dataset": [{"@id": d.url} for d in datasets],
        }
    )


def service(catalogue: Catalogue, series: Sequence[Series], datasets: Iterable[Dataset]) -> Node:
    """The interfaces as one data service."""
    address = catalogue.site.address
    return _filled(
        {
            "@id": _service_id(catalogue),
            "@type": "dcat:DataService",
            "title": {"zh": f"{catalogue.title.zh}：数据接口", "en": f"{catalogue.title.en}: data API"},
            "description": {
                "zh": "目录、检索、逐行读取和只读 SQL（CKAN Action API）；接口说明见 OpenAPI。",
                "en": "Catalogue, search, rows and read-only SQL (CKAN Action API), described in OpenAPI.",
            },
            "endpointURL": {"@id": f"{address}/api/3/action"},
            "endpointDescription": {"@id": f"{address}/openapi.json"},
            "conformsTo": {"@id": terms.CKAN},
            "accessRights": {"@id": authority("access-right", "PUBLIC")},
            "contactPoint": {"@id": _contact_id(catalogue)},
            "publisher": {"@id": catalogue.publisher.url},
            "keyword": {"zh": ["接口"], "en": ["API"]},
            "theme": _themes(series),
            "servesDataset": [{"@id": d.url} for d in datasets],
        }
    )


def series(catalogue: Catalogue, series: Series) -> Node:
    """A collection."""
    return _filled({"@id": series.url, "@type": "dcat:DatasetSeries"} | _common(catalogue, series)) | {
        "title": _text(series.title),
        "description": _text(series.description),
        "landingPage": {"@id": series.url, "@type": "foaf:Document"},
    }


def dataset(catalogue: Catalogue, dataset: Dataset) -> Node:
    """A table with its distributions."""
    series, address = dataset.series, catalogue.site.address
    own = {
        "@id": dataset.url,
        "@type": "dcat:Dataset",
        "title": _text(dataset.title),
        "description": _text(dataset.description),
        "identifier": dataset.url,
        "inSeries": {"@id": series.url},
        "keyword": {"zh": list(dataset.keywords.zh), "en": list(dataset.keywords.en)},
        "theme": _themes([series]),
        "language": _languages(catalogue),
        "accessRights": {"@id": authority("access-right", "PUBLIC")},
        "landingPage": {"@id": dataset.url, "@type": "foaf:Document"},
        "conformsTo": {"@id": f"{dataset.url}.csv-metadata.json"},
        "provenance": {"@type": "dct:ProvenanceStatement", "label": _text(series.provenance)},
        "version": series.version,
        "hasVersion": [{"@id": address + v.path} for v in series.versions],
        "qualifiedAttribution": {
            "@type": "prov:Attribution",
            "prov:agent": {"@id": catalogue.publisher.url},
            "dcat:hadRole": {"@id": terms.PROCESSOR},
        },
        "distribution": [distribution(catalogue, dataset, file) for file in dataset.files],
    }
    return _filled(own | _common(catalogue, series))


def _common(catalogue: Catalogue, series: Series) -> Node:
    """What a series and each of its datasets say alike."""
    frequency = vocabulary()["frequencies"][series.frequency]["code"]
    period = series.period
    return {
        "publisher": {"@id": series.publisher.url},
        "contactPoint": {"@id": _contact_id(catalogue)},
        "spatial": {"@id": series.place.uri},
        "temporal": {
            "@type": "dct:PeriodOfTime",
            "startDate": f"{period[0]}-01-01",
            "endDate": f"{period[1]}-12-31",
        }
        if period
        else None,
        "accrualPeriodicity": {"@id": authority("frequency", frequency)},
        "issued": series.issued,
        "modified": series.modified,
    }


def distribution(catalogue: Catalogue, dataset: Dataset, file: File) -> Node:
    """A form in which a dataset may be had."""
    series, form = dataset.series, vocabulary()["formats"][file.format]
    licence = series.licence
    return _filled(
        {
            "@id": f"{dataset.url}#{file.format}",
            "@type": "dcat:Distribution",
            "title": {"zh": f"{dataset.title.zh}（{form['title']}）", "en": f"{dataset.title.en} ({form['title']})"},
            "description": {
                "zh": f"{dataset.description.zh}格式：{form['title']}。",
                "en": f"{dataset.description.en} Format: {form['title']}.",
            },
            "accessURL": {"@id": dataset.url},
            "downloadURL": {"@id": catalogue.site.address + file.path},
            "accessService": {"@id": _service_id(catalogue)},
            "format": {"@id": authority("file-type", form["code"])},
            "mediaType": {"@id": media_type_uri(form["media_type"])},
            "byteSize": None if file.size is None else str(file.size),
            "checksum": _checksum(file.sha256),
            "license": _licence(licence.code, licence.path) if licence else None,
            "rights": {"@type": "dct:RightsStatement", "label": _text(licence.title)} if licence else None,
            "conformsTo": {"@id": f"{dataset.url}.csv-metadata.json"},
            "availability": {"@id": authority("planned-availability", "STABLE")},
            "status": {"@id": authority("distribution-status", "DEVELOP" if series.is_draft else "COMPLETED")},
            "language": {"@id": authority("language", "ZHO")},
            "issued": series.issued,
            "modified": series.modified,
        }
    )


def _checksum(sha256: str | None) -> Node | None:
    if sha256 is None:
        return None
    algorithm = {"@id": terms.SHA256}
    return {"@type": "spdx:Checksum", "algorithm": algorithm, "checksumValue": sha256}


def agent(agent: Agent) -> Node:
    """A body."""
    return {
        "@id": agent.url,
        "@type": "foaf:Agent",
        "foaf:name": [{"@value": agent.name.zh, "@language": "zh"}, {"@value": agent.name.en, "@language": "en"}],
        "dct:type": {"@id": terms.publisher_type(agent.kind)},
        "homepage": {"@id": agent.url, "@type": "foaf:Document"},
    }


def contact(catalogue: Catalogue) -> Node:
    """The site's contact."""
    contact = catalogue.site.contact
    relation = "vcard:hasEmail" if contact.startswith("mailto:") else "vcard:hasURL"
    return {
        "@id": _contact_id(catalogue),
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": catalogue.publisher.name.zh,
        relation: {"@id": contact},
        "vcard:hasURL": {"@id": f"{catalogue.site.address}/about"},
    } | ({} if relation == "vcard:hasEmail" else {"vcard:hasURL": {"@id": contact}})


def _contact_id(catalogue: Catalogue) -> str:
    return f"{catalogue.site.address}/about#contact"


def _service_id(catalogue: Catalogue) -> str:
    return f"{catalogue.site.address}/api/3/action#service"


def _languages(catalogue: Catalogue) -> list[Node]:
    asked = catalogue.site.metadata.get("site", {}).get("languages", ["zh"])
    return [{"@id": authority("language", vocabulary()["languages"][code]["code"])} for code in asked]


def _themes(series: Iterable[Series]) -> list[Node]:
    return [{"@id": authority("data-theme", code)} for code in dict.fromkeys(t for s in series for t in s.themes)]


def _licence(code: str | None, path: str) -> Node:
    return {"@id": authority("licence", code) if code else path}


def _text(text: Text) -> Node:
    return {"zh": text.zh, "en": text.en}


def _filled(node: Node) -> Node:
    """The node without what it does not say."""
    return {key: value for key, value in node.items() if value not in (None, [])}
