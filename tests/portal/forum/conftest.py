"""A forum over the bureau with four releases, with one board that is reviewed and one that is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from etl.site import Site
from portal.asgi import create
from portal.private import Private
from portal.published import Published
from tests.portal.forum.talk import Talk

BOARDS = [
    {"id": "data", "title": "数据与更正", "title_en": "Data", "about": "对不对"},
    {"id": "open", "title": "自由讨论", "title_en": "Open", "review": False},
]


@pytest.fixture
def forum_site(site: Site) -> Site:
    return replace(site, metadata={**site.metadata, "forum": {"boards": BOARDS}})


@pytest.fixture
def talk(released: Published, forum_site: Site, private: Private) -> Talk:
    return Talk.over(released, forum_site, private)


@pytest.fixture
def any_talk(released: Published, forum_site: Site, any_private: Private) -> Talk:
    """The same over either kind of database."""
    return Talk.over(released, forum_site, any_private)


@pytest.fixture
def web(talk: Talk) -> TestClient:
    """The whole site over the forum; redirects are not followed."""
    app = create(talk.forum.published, talk.forum.site, talk.private)
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False)
