"""The forms of a row as of a release are a promise: if a change of the code moves these bytes, undo the change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.database.build import build_database
from etl.declaration import from_descriptor
from etl.releasing.current import Build
from portal.api.frozen import body
from portal.published import Located, PublishedCollection
from portal.published.connections import Connections

JSON = (
    '{"collection":"small","table":"target","id":"sm-n1.a","label":"研发投入","url":"/targets/sm-n1.a@1.0.0",'
    '"version":"1.0.0","released_on":"2026-11-23","content_hash":"abc","row":{"target_id":"sm-n1.a","notice_id":"sm-n1",'
    '"name":"研发投入","value":2.65,"is_borderline":false,"quote":"达到2.65%"},"labels":{"notice_id":{"id":"sm-n1",'
    '"label":"通知","url":"/notices/sm-n1@1.0.0"}},"source":{"quote":"达到2.65%",'
    '"notice":"/notices/sm-n1@1.0.0#sm-n1.a"},"licence":{"name":"CC-BY-4.0","path":"https://example.org/by"},'
    '"release":"/releases/small/1.0.0/"}\n'
)
CSV = "target_id,notice_id,name,value,is_borderline,quote\nsm-n1.a,sm-n1,研发投入,2.65,false,达到2.65%\n"
JSONLD = (
    '{"@context":{"@vocab":"https://schema.org/"},"@id":"/targets/sm-n1.a@1.0.0","@type":"CreativeWork",'
    '"identifier":"sm-n1.a","name":"研发投入","version":"1.0.0","dateModified":"2026-11-23",'
    '"license":"https://example.org/by","inLanguage":"zh-CN","isPartOf":{"@id":"/releases/small/1.0.0/",'
    '"@type":"Dataset"},"citation":"达到2.65%","isBasedOn":"/notices/sm-n1@1.0.0#sm-n1.a","additionalProperty":['
    '{"@type":"PropertyValue","propertyID":"target_id","value":"sm-n1.a"},'
    '{"@type":"PropertyValue","propertyID":"notice_id","value":"sm-n1"},'
    '{"@type":"PropertyValue","propertyID":"name","value":"研发投入"},'
    '{"@type":"PropertyValue","propertyID":"value","value":2.65},'
    '{"@type":"PropertyValue","propertyID":"is_borderline","value":false},'
    '{"@type":"PropertyValue","propertyID":"quote","value":"达到2.65%"}]}\n'
)


@pytest.mark.parametrize(("form", "promised"), [("json", JSON), ("csv", CSV), ("jsonld", JSONLD)])
def test_the_forms_of_a_version_never_change(tmp_path: Path, form: str, promised: str) -> None:
    assert body(located(tmp_path), form).decode() == promised


def located(folder: Path) -> Located:
    """A row of a collection that no one else uses."""
    collection = from_descriptor(DESCRIPTOR)
    rows: Any = {"notice": [{"notice_id": "sm-n1", "title": "通知"}], "target": [ROW]}
    build = Build("small", folder, "1.0.0", "abc", released_on="2026-11-23")
    build_database(collection, rows, build.database)
    served = PublishedCollection(collection, build, Connections())
    row = served.row("target", "sm-n1.a")
    assert row is not None
    return Located(served, collection.table("target"), row)


def field(name: str, kind: str = "string") -> dict[str, Any]:
    return {"name": name, "type": kind, "title": name, "title_en": name}


def table(name: str, address: str, label: str, fields: list[dict[str, Any]], **schema: Any) -> dict[str, Any]:
    own = {
        "name": name,
        "path": f"data/{name}.csv",
        "title": name,
        "title_en": name,
        "address": address,
        "label": label,
    }
    return {**own, "schema": {"fields": fields, "primaryKey": [fields[0]["name"]], **schema}}


ROW = {
    "target_id": "sm-n1.a",
    "notice_id": "sm-n1",
    "name": "研发投入",
    "value": 2.65,
    "is_borderline": False,
    "quote": "达到2.65%",
}
DESCRIPTOR: dict[str, Any] = {
    "name": "small",
    "title": "小",
    "id_prefix": "sm",
    "licenses": [{"name": "CC-BY-4.0", "path": "https://example.org/by"}],
    "resources": [
        table("notice", "notices", "title", [field("notice_id"), field("title")]),
        table(
            "target",
            "targets",
            "name",
            [
                *map(field, ("target_id", "notice_id", "name")),
                field("value", "number"),
                field("is_borderline", "boolean"),
                field("quote"),
            ],
            foreignKeys=[{"fields": ["notice_id"], "reference": {"resource": "notice", "fields": ["notice_id"]}}],
        ),
    ],
}
