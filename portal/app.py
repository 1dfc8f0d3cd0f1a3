"""The portal for people: extensions, sections, error pages."""

from __future__ import annotations

from flask import Flask

from etl.site import Site
from portal.frame import context, errors, headers, language, mark, sizes
from portal.published import Published
from portal.queries.limit import Allowance
from portal.queries.store import Queries
from portal.sections import SECTIONS
from portal.storage import Storage


def create_app(published: Published, site: Site, storage: Storage | None = None) -> Flask:
    """The Flask application over published data, for the site that `metadata.yml` describes.

    Without storage, what keeps data of its own is closed.
    """
    app = Flask(__name__)
    queries = Queries(published, storage, site) if storage else None
    app.extensions |= {"published": published, "site": site, "queries": queries, "query_allowance": Allowance()}
    app.url_map.strict_slashes = True
    language.install(app, site.metadata["site"].get("languages", ["zh"]))
    sizes.install(app)
    context.install(app, SECTIONS)
    errors.install(app)
    headers.install(app)
    mark.install(app)
    for section in SECTIONS:
        app.register_blueprint(section.blueprint)
    return app
