"""The portal without its views."""

from __future__ import annotations

import pytest
from flask import Flask

from etl.site import Site
from portal.private import Private
from portal.published import Published
from tests.portal.access.asking import without_views
from tests.portal.mail.conftest import certificate, tls  # noqa: F401 - fixtures, offered to these tests too


@pytest.fixture
def app(published: Published, site: Site, private: Private) -> Flask:
    return without_views(published, site, private)
