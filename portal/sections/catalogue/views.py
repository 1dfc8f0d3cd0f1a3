"""Pages of the catalogue."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from portal.frame.door import published
from portal.published import PublishedCollection
from portal.sections.catalogue import service

blueprint = Blueprint("catalogue", __name__, url_prefix="/catalogue", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """All collections."""
    return render_template("catalogue/index.html", collections=service.collections(published()))


@blueprint.get("/<collection>/")
def collection(collection: str) -> str:
    """One collection and its tables."""
    served = _served(collection)
    return render_template("catalogue/collection.html", of=served, row_counts=service.row_counts(served))


@blueprint.get("/<collection>/<table>")
def table(collection: str, table: str) -> str:
    """One table: dictionary, preview, downloads."""
    served = _served(collection)
    declared = served.collection.by_name.get(table)
    if declared is None:
        abort(404)
    return render_template("catalogue/table.html", of=served, **service.table(served, declared))


def _served(name: str) -> PublishedCollection:
    served = published().collection(name)
    if served is None:
        abort(404)
    return served
