"""A row as of a release: the same bytes for ever.

What is written here depends on that release's files alone: not on newer data, the site's address, the clock or the
language. Nor may this module change what it writes: the tests hold its bytes. Links are paths, to the same version.
"""

from __future__ import annotations

from typing import Any

from portal.api import tabular
from portal.api.answers import encoded
from portal.published import Link, Located, Row, label, url

_TYPES = {
    "notice": "DigitalDocument",
    "document": "DigitalDocument",
    "source": "DigitalDocument",
    "indicator": "DefinedTerm",
    "organisation": "Organization",
}


def body(found: Located, wanted: str) -> bytes:
    """The row as `json`, `csv` or `jsonld`."""
    if wanted == "csv":
        return b"".join(tabular.lines(found.table.columns, [[found.row]], spreadsheet=False))
    return encoded(_linked(found) if wanted == "jsonld" else _record(found)) + b"\n"


def _record(found: Located) -> dict[str, Any]:
    build, table, row = found.published.build, found.table, found.row
    return {
        "collection": build.collection,
        "table": table.name,
        "id": row[table.key],
        "label": label(table, row),
        "url": _at(url(table, row), build.version),
        "version": build.version,
        "released_on": build.released_on,
        "content_hash": build.content_hash,
        "row": row,
        "labels": {c: {"id": x.id, "label": x.label, "url": _at(x.url, build.version)} for c, x in _named(found)},
        "source": _source(found),
        "licence": _licence(found),
        "release": f"/releases/{build.collection}/{build.version}/",
    }


def _linked(found: Located) -> dict[str, Any]:
    """The row in the words of schema.org; addresses are relative to where it was had from."""
    build, table, row = found.published.build, found.table, found.row
    stated = {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": _at(url(table, row), build.version),
        "@type": _TYPES.get(table.name, "CreativeWork"),
        "identifier": row[table.key],
        "name": label(table, row),
        "version": build.version,
        "dateModified": build.released_on,
        "license": _licence(found).get("path"),
        "inLanguage": "zh-CN",
        "isPartOf": {"@id": f"/releases/{build.collection}/{build.version}/", "@type": "Dataset"},
        "citation": row.get("quote"),
        "isBasedOn": _source(found).get("notice") or row.get("source_url") or row.get("url"),
        "additionalProperty": [
            {"@type": "PropertyValue", "propertyID": column, "value": row[column]}
            for column in table.columns
            if row[column] is not None
        ],
    }
    return {k: v for k, v in stated.items() if v is not None}


def _named(found: Located) -> list[tuple[str, Link]]:
    labels = found.published.labels(found.table.name, [found.row])
    return [(c, labels[c][found.row[c]]) for c in found.table.columns if found.row[c] in labels.get(c, {})]


def _source(found: Located) -> dict[str, Any]:
    row, build = found.row, found.published.build
    columns = ("quote", "start", "end", "source_text", "source_url", "read_on")
    read = {c: row[c] for c in columns if row.get(c) is not None}
    if row.get("notice_id") and found.table.name != "notice":
        read["notice"] = f"/notices/{row['notice_id']}@{build.version}#{row[found.table.key]}"
    if row.get("source_id"):
        read["text"] = f"/releases/{build.collection}/{build.version}/sources/{row['source_id']}.txt"
    return read


def _licence(found: Located) -> Row:
    stated: Row = next(iter(found.published.collection.descriptor.get("licenses", ())), {})
    return {k: stated[k] for k in ("name", "title", "path") if k in stated}


def _at(path: str | None, version: str) -> str | None:
    """The path of a page as of the version.

    >>> _at("/notices/a#b", "1.0.0"), _at(None, "1.0.0")
    ('/notices/a@1.0.0#b', None)
    """
    if path is None:
        return None
    page, hash_, anchor = path.partition("#")
    return f"{page}@{version}{hash_}{anchor}"
