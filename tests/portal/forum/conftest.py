"""A forum over the bureau with four releases, with one board that is reviewed and one that is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from etl.site import Site, load_site
from portal.asgi import create
from portal.forum import reporting
from portal.private import Private, open_private
from portal.published import Published
from portal.storage.forum import Post
from tests.conftest import ROOT, Deployment, serving
from tests.portal.forum.talk import Talk
from tests.portal.forum.vectors import XSS

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


@pytest.fixture(scope="session")
def attacked(built: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Talk, int]]:
    """A server of one's own whose forum holds every attack, public and waiting."""
    var = tmp_path_factory.mktemp("attacked")
    (var / "releases").symlink_to(built.releases)
    site, private = load_site(ROOT / "metadata.yml"), open_private(var / "private")
    talk = Talk.over(Published(built.releases), site, private)
    for n, vector in enumerate(XSS):
        talk.begin(talk.moderator, f"{n}{vector}"[:100], vector)
    talk.begin(talk.moderator, "全部", "\n\n".join(XSS))
    waiting = talk.begin(talk.someone("攻击者"), XSS[0], "\n\n".join(v for v in XSS if "://" not in v))
    talk.reject(talk.begin(talk.someone("另一攻击者"), XSS[1], XSS[4]), XSS[1])
    with private.storage.session() as session:
        reporting.report(session, talk.someone("举报者").id, session.get_one(Post, len(XSS) + 1), XSS[4])
    with serving({**built.environment, "VAR_DIR": str(var)}) as address:
        yield address, talk, waiting
    private.storage.close()
