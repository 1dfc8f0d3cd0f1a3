"""A site whose accounts are tried out, over SQLite or over both kinds of database."""

from __future__ import annotations

import pytest
from flask import Flask

from etl.site import Site
from portal.app import create_app
from portal.private import Private
from portal.published import Published
from tests.portal.accounts.visitor import Visitor


@pytest.fixture
def app(published: Published, site: Site, private: Private) -> Flask:
    return create_app(published, site, private)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def any_visitor(published: Published, site: Site, any_private: Private) -> Visitor:
    return Visitor(create_app(published, site, any_private))
