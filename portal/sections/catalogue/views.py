"""Pages of the catalogue."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template, request

from etl.catalogue import schema_org
from portal.catalogued import catalogue
from portal.frame.asked import page_number
from portal.frame.door import published, site
from portal.published import PublishedCollection
from portal.sections.catalogue import service
from portal.sections.catalogue.promise import Promise, promise
from portal.sections.catalogue.snippets import snippets

blueprint = Blueprint("catalogue", __name__, url_prefix="/catalogue", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """All collections."""
    return render_template("catalogue/index.html", collections=service.collections(published()))


@blueprint.get("/<collection>/")
def collection(collection: str) -> str:
    """One collection and its tables."""
    served = _served(collection)
    record = catalogue(published(), site())
    series = record.series(served.name)
    linked = schema_org.collection(record, series) if series else None
    return render_template(
        "catalogue/collection.html",
        of=served,
        row_counts=service.row_counts(served),
        linked=linked,
        series=series,
        known=published().versions.known(served),
        promise=_promise(served, series.frequency if series else ""),
    )


@blueprint.get("/<collection>/<table>")
def table(collection: str, table: str) -> str:
    """One table: dictionary, preview, downloads."""
    served = _served(collection)
    declared = served.collection.by_name.get(table)
    if declared is None:
        abort(404)
    record = catalogue(published(), site())
    dataset = record.dataset(f"{served.name}-{declared.name}")
    linked = schema_org.dataset(record, dataset) if dataset else None
    wanted = service.Preview(
        request.args.get("q", "").strip()[:100], request.args.get("sort", ""), "desc" in request.args, page_number()
    )
    return render_template(
        "catalogue/table.html",
        of=served,
        linked=linked,
        files=dataset.files if dataset else (),
        known=published().versions.known(served),
        promise=_promise(served, dataset.series.frequency if dataset else ""),
        snippets=snippets(site().address, served, declared),
        **service.table(served, declared, wanted),
    )


def _promise(served: PublishedCollection, frequency: str) -> Promise:
    return promise(frequency, served.build.released_on or "", datetime.now(UTC).date().isoformat())


def _served(name: str) -> PublishedCollection:
    served = published().collection(name)
    if served is None:
        abort(404)
    return served
