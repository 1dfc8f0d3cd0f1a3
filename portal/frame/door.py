"""What the views work with: the published data and the site, held by the app."""

from __future__ import annotations

from flask import current_app

from etl.site import Site
from portal.private import Private
from portal.published import Published


def published() -> Published:
    """The published collections."""
    found: Published = current_app.extensions["published"]
    return found


def site() -> Site:
    """What the site is."""
    found: Site = current_app.extensions["site"]
    return found


def private() -> Private:
    """What the portal keeps of its own."""
    found: Private = current_app.extensions["private"]
    return found
