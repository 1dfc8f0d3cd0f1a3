"""A row as JSON-LD in the words of schema.org: what it is, which data set it belongs to, what it is based on."""

from __future__ import annotations

from typing import Any

from portal.api import records
from portal.published import Located, Row, label, url

CONTEXT = {"@vocab": "https://schema.org/", "dct": "http://purl.org/dc/terms/"}
TYPES = {
    "notice": "DigitalDocument",
    "document": "DigitalDocument",
    "source": "DigitalDocument",
    "indicator": "DefinedTerm",
    "organisation": "Organization",
}
_BOUNDS = {">=": "minValue", ">": "minValue", "<=": "maxValue", "<": "maxValue"}


def linked(found: Located, site: str) -> dict[str, Any]:
    """The row; empty properties are left out."""
    table, row = found.table, found.row
    stated = {
        "@context": CONTEXT,
        "@id": f"{site}{url(table, row)}",
        "@type": TYPES.get(table.name, "CreativeWork"),
        "identifier": row[table.key],
        "name": label(table, row),
        "version": found.published.build.version,
        "license": records.licence(found.published.collection).get("path"),
        "inLanguage": "zh-CN",
        "isPartOf": _dataset(found, site),
        "citation": row.get("quote"),
        "isBasedOn": records.source(found, site).get("notice") or row.get("source_url") or row.get("url"),
        "temporalCoverage": _year(row),
        "about": [*_about(found, site), *_quantity(row)] or None,
    }
    return {k: v for k, v in stated.items() if v is not None}


def _dataset(found: Located, site: str) -> dict[str, Any]:
    collection = found.published.collection
    address = f"{site}/catalogue/{collection.name}"
    return {"@id": address, "@type": "Dataset", "name": collection.title, "url": f"{address}/{found.table.name}"}


def _about(found: Located, site: str) -> list[dict[str, Any]]:
    """The indicator and the region that a row is about, the body that issued it."""
    kinds = {"indicator_id": "DefinedTerm", "region_code": "AdministrativeArea", "issuer_id": "Organization"}
    named = records.links(found)
    return [
        {k: v for k, v in {"@type": kind, "@id": link.url and f"{site}{link.url}", "name": link.label}.items() if v}
        | {"identifier": link.id}
        for column, kind in kinds.items()
        if (link := named.get(column))
    ]


def _quantity(row: Row) -> list[dict[str, Any]]:
    if "comparator" not in row:
        return []
    stated = {
        "@type": "QuantitativeValue",
        "value": row["value"],
        _BOUNDS.get(row["comparator"], "value"): row["value"],
        "unitText": row["unit"],
        "additionalType": f"comparator:{row['comparator']}",
    }
    if row["comparator"] == "range":
        stated |= {"minValue": row["value_min"], "maxValue": row["value_max"]}
    return [{k: v for k, v in stated.items() if v is not None}]


def _year(row: Row) -> str | None:
    year = row.get("year") or row.get("plan_year")
    return None if year is None else str(year)
