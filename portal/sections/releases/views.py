"""Pages of releases."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.frame.asked import page_number
from portal.frame.door import published
from portal.frame.missing import refuse
from portal.published import PublishedCollection
from portal.published.as_of import Absent
from portal.sections.releases import service

blueprint = Blueprint("releases", __name__, url_prefix="/releases", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """All collections with their newest versions."""
    found = [(c, published().versions.known(c)) for c in published().collections()]
    return render_template("releases/index.html", collections=found)


@blueprint.get("/<collection>/")
def collection(collection: str) -> str:
    """The versions of a collection."""
    served = _served(collection)
    known = published().versions.known(served)
    return render_template("releases/collection.html", of=served, versions=service.summaries(known, served))


@blueprint.get("/<collection>/compare")
def compare(collection: str) -> Response:
    """From a form that chooses two versions to what differs between them."""
    first, second = (request.args.get(name, "")[:40] for name in ("from", "to"))
    if not (first and second):
        return redirect(url_for("releases.collection", collection=collection))
    return redirect(url_for("releases.diff", collection=collection, first=first, second=second))


@blueprint.get("/<collection>/<first>...<second>")
def diff(collection: str, first: str, second: str) -> str:
    """What differs between two versions."""
    served = _served(collection)
    table, kind, words = (request.args.get(name, "")[:100].strip() for name in ("table", "kind", "q"))
    wanted = service.Wanted(table, kind, words, page_number())
    found = service.differences(published(), served, first, second, wanted)
    if isinstance(found, Absent):
        refuse("", "", found)
    facts = {"first": first, "second": second, "wanted": wanted, "cells": service.cells}
    return render_template("releases/diff.html", of=served, **facts, **found)


@blueprint.get("/<collection>/<version>/")
def release(collection: str, version: str) -> str:
    """One version: files, checksums, signature."""
    served = _served(collection)
    found = service.release(published(), served, version)
    if isinstance(found, Absent):
        refuse("", "", found)
    return render_template("releases/release.html", of=served, **found)


def _served(name: str) -> PublishedCollection:
    served = published().collection(name)
    if served is None:
        abort(404)
    return served
