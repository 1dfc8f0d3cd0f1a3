"""CKAN's words: a dataset as a package, a publisher as an organisation, a collection as a group."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from etl.catalogue.record import Catalogue, Dataset, File, Series
from etl.catalogue.vocabulary import authority, vocabulary

Node = dict[str, Any]


def package(dataset: Dataset) -> Node:
    """A dataset as `package_show` gives it."""
    series, licence = dataset.series, dataset.series.licence
    contact = series.site.contact
    return {
        "id": dataset.name,
        "name": dataset.name,
        "title": dataset.title.zh,
        "title_translated": {"zh": dataset.title.zh, "en": dataset.title.en},
        "notes": dataset.description.zh,
        "notes_translated": {"zh": dataset.description.zh, "en": dataset.description.en},
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": licence is not None and licence.code is not None,
        "url": dataset.url,
        "version": series.version,
        "license_id": licence.name if licence else "notspecified",
        "license_title": licence.title.zh if licence else "未声明",
        "license_url": licence.path if licence else "",
        "author": series.publisher.name.zh,
        "author_email": None,
        "maintainer": series.site.publisher,
        "maintainer_email": contact.removeprefix("mailto:") if contact.startswith("mailto:") else None,
        "metadata_created": _moment(series.issued),
        "metadata_modified": _moment(series.modified),
        "owner_org": organisation_name(series),
        "organization": organisation(series),
        "groups": [group(series)],
        "tags": [tag(word) for word in (*dataset.keywords.zh, *dataset.keywords.en)],
        "num_tags": len(dataset.keywords.zh) + len(dataset.keywords.en),
        "extras": [{"key": key, "value": value} for key, value in extras(dataset).items()],
        "resources": resources(dataset),
        "num_resources": len(dataset.files) + 1,
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def resources(dataset: Dataset) -> list[Node]:
    """The files of a dataset, and the data package that describes them."""
    files = [_resource(dataset, number, file) for number, file in enumerate(dataset.files)]
    described = {
        "id": f"{dataset.name}.datapackage",
        "name": "datapackage",
        "description": "表结构（Data Package v2）",
        "url": f"{dataset.url}/datapackage.json",
        "format": "JSON",
        "mimetype": "application/json",
        "size": None,
        "hash": "",
        "datastore_active": False,
    }
    return [*files, _in_package(dataset, len(files), described)]


def _resource(dataset: Dataset, number: int, file: File) -> Node:
    form = vocabulary()["formats"][file.format]
    stated = {
        "id": f"{dataset.name}.{file.format}",
        "name": f"{dataset.table.name}-{file.format}",
        "description": f"{dataset.table.title}（{form['title']}）",
        "url": dataset.series.site.address + file.path,
        "format": form["title"],
        "mimetype": form["media_type"],
        "size": file.size,
        "hash": f"sha256:{file.sha256}" if file.sha256 else "",
        "datastore_active": file.format == "csv",
    }
    return _in_package(dataset, number, stated)


def _in_package(dataset: Dataset, number: int, stated: Node) -> Node:
    return stated | {
        "package_id": dataset.name,
        "position": number,
        "state": "active",
        "resource_type": "file",
        "url_type": "",
        "created": _moment(dataset.series.issued),
        "last_modified": _moment(dataset.series.modified),
        "metadata_modified": _moment(dataset.series.modified),
    }


def extras(dataset: Dataset) -> dict[str, str]:
    """What CKAN has no field for."""
    series, period = dataset.series, dataset.series.period
    west, south, east, north = series.place.box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    stated = {
        "identifier": dataset.url,
        "issued": series.issued or "",
        "modified": series.modified or "",
        "frequency": authority("frequency", vocabulary()["frequencies"][series.frequency]["code"]),
        "language": authority("language", "ZHO"),
        "theme": json.dumps([authority("data-theme", code) for code in series.themes]),
        "publisher_name": series.publisher.name.zh,
        "publisher_uri": series.publisher.url,
        "spatial_uri": series.place.uri,
        "spatial_text": series.place.zh,
        "spatial": json.dumps({"type": "Polygon", "coordinates": [ring]}),
        "rows": str(dataset.rows),
        "row_url": dataset.row_template,
        "access_rights": authority("access-right", "PUBLIC"),
    }
    return stated | ({"temporal_start": period[0], "temporal_end": period[1]} if period else {})


def organisation_name(series: Series) -> str:
    """The name of a collection's publisher: its id among the organisations, else that of the collection."""
    stated = series.collection.descriptor.get("publisher") or {}
    return str(stated.get("organisation") or series.name)


def organisation(series: Series) -> Node:
    """The publisher of a collection."""
    name = series.publisher.name
    return _grouping(organisation_name(series), name.zh, name.en, series) | {
        "type": "organization",
        "is_organization": True,
        "url": series.publisher.url,
    }


def group(series: Series) -> Node:
    """A collection."""
    stated = _grouping(series.name, series.title.zh, series.description.zh, series)
    return stated | {"type": "group", "is_organization": False, "url": series.url}


def tag(word: str) -> Node:
    """A keyword."""
    return {"id": word, "name": word, "display_name": word, "state": "active", "vocabulary_id": None}


def licences(catalogue: Catalogue) -> list[Node]:
    """The licences that are in use."""
    found = {s.licence.name: s.licence for s in catalogue.collections if s.licence}
    return [
        {"id": one.name, "title": one.title.zh, "url": one.path, "status": "active", "is_okd_compliant": True}
        for one in found.values()
    ]


def of_resource(resource_id: str, catalogue: Catalogue) -> Dataset | None:
    """The dataset of a resource: `<collection>-<table>.<format>`, or the name of the dataset itself."""
    return catalogue.dataset(resource_id.rpartition(".")[0] or resource_id)


def organisations(catalogue: Catalogue) -> Iterator[Series]:
    """The first collection of each publisher."""
    seen: set[str] = set()
    for series in catalogue.collections:
        if organisation_name(series) not in seen:
            seen.add(organisation_name(series))
            yield series


def _grouping(name: str, title: str, description: str, series: Series) -> Node:
    return {
        "id": name,
        "name": name,
        "title": title,
        "display_name": title,
        "description": description,
        "image_url": "",
        "image_display_url": "",
        "state": "active",
        "approval_status": "approved",
        "created": _moment(series.issued),
    }


def _moment(day: str | None) -> str | None:
    return day and f"{day}T00:00:00"
