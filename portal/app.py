"""The portal for people: extensions, sections, error pages."""

from __future__ import annotations

from flask import Flask

from etl.site import Site
from portal import accounts, limits, mail, usage
from portal.access import forms, guard
from portal.accounts.views import OPEN_VIEWS
from portal.forum import Forum
from portal.frame import context, errors, headers, language, mark, sizes
from portal.participation.terms import Terms
from portal.private import Private
from portal.published import Published
from portal.queries.store import Queries
from portal.sections import SECTIONS


def create_app(published: Published, site: Site, private: Private) -> Flask:
    """The Flask application over published data and data of its own, for the site that `metadata.yml` describes."""
    Terms(site).check()
    app = Flask(__name__)
    queries = Queries(published, private.storage, site)
    app.extensions |= {"published": published, "site": site, "private": private, "queries": queries}
    app.extensions["forum"] = Forum.of(site, published, private.secret)
    app.url_map.strict_slashes = True
    language.install(app, site.metadata["site"].get("languages", ["zh"]))
    sizes.install(app)
    context.install(app, SECTIONS)
    errors.install(app)
    headers.install(app)
    mark.install(app)
    limits.install(app)
    mail.install(app, site, private)
    usage.install(app, private.storage)
    forms.install(app)
    guard.look_up_first(app)
    accounts.install(app, site, private)
    guard.install(app, frozenset(s.name for s in SECTIONS if s.open), OPEN_VIEWS)
    for section in SECTIONS:
        app.register_blueprint(section.blueprint)
    return app
