"""CSV on the Web: what the columns of a table's CSV mean, and where each of its rows has its address."""

from __future__ import annotations

from typing import Any

from etl.catalogue.record import Dataset
from etl.declaration import Field

Node = dict[str, Any]
MEDIA_TYPE = "application/csvm+json"
_TYPES: dict[str, Any] = {
    "integer": "integer",
    "number": "number",
    "boolean": {"base": "boolean", "format": "true|false"},
    "date": "date",
    "datetime": "datetime",
    "time": "time",
    "duration": "duration",
    "year": "gYear",
    "yearmonth": "gYearMonth",
}


def metadata(dataset: Dataset) -> Node:
    """The metadata of a table's CSV, which stands beside it."""
    series, table = dataset.series, dataset.table
    licence = {"dc:license": {"@id": series.licence.path}} if series.licence else {}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "@id": f"{dataset.url}.csv-metadata.json",
        "url": f"{table.name}.csv",
        "dc:title": [{"@value": dataset.title.zh, "@language": "zh"}, {"@value": dataset.title.en, "@language": "en"}],
        "dc:description": {"@value": dataset.description.zh, "@language": "zh"},
        "dc:identifier": dataset.url,
        "dc:publisher": {"@value": series.publisher.name.zh, "@language": "zh"},
        **{f"dc:{name}": {"@value": day, "@type": "xsd:date"} for name, day in _dates(dataset) if day},
        **licence,
        "dcat:keyword": [*dataset.keywords.zh, *dataset.keywords.en],
        "schema:version": series.version,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tableSchema": {
            "columns": [_column(dataset, field) for field in table.fields],
            "primaryKey": list(table.primary_key),
            "aboutUrl": dataset.row_template,
        },
    }


def _dates(dataset: Dataset) -> tuple[tuple[str, str | None], ...]:
    return ("issued", dataset.series.issued), ("modified", dataset.series.modified)


def _column(dataset: Dataset, field: Field) -> Node:
    titles = [{"@value": field.title, "@language": "zh"}, {"@value": field.title_en, "@language": "en"}]
    column = {
        "name": field.name,
        "titles": field.name,
        "dc:title": titles,
        "dc:description": field.description or None,
        "schema:unitText": field.unit,
        "datatype": _TYPES.get(field.type, "string"),
        "required": field.required,
        "propertyUrl": f"{dataset.url}#column-{field.name}",
    }
    return {key: value for key, value in column.items() if value is not None}
