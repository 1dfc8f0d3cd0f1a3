"""Pages of the catalogue's quality."""

from __future__ import annotations

from flask import Blueprint, render_template

from etl.catalogue import mqa
from portal.catalogued import catalogue
from portal.frame.door import published, site
from portal.sections.quality import service

blueprint = Blueprint("quality", __name__, url_prefix="/quality", template_folder="templates")


@blueprint.get("/")
def index() -> str:
    """The EU's metadata quality assessment."""
    found = service.assessment(catalogue(published(), site()))
    return render_template("quality/index.html", assessment=found, dimensions=mqa.dimensions(), most=mqa.MOST)


@blueprint.get("/practices")
def practices() -> str:
    """The W3C's best practices for data on the web."""
    return render_template("quality/practices.html", entries=service.practices(published()))


@blueprint.get("/fair")
def fair() -> str:
    """The FAIR principles by the metrics of F-UJI."""
    return render_template("quality/fair.html", entries=service.principles(published()))
