"""A small world to serve: two collections with a row or two in most tables, built as the platform builds them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from etl.database.build import build_database
from etl.declaration import Collection, load
from etl.places import ROOT
from etl.releasing.current import Build
from etl.releasing.folder import write_files
from etl.releasing.manifest import write_manifest
from etl.releasing.switch import put_in_place
from etl.site import Site, load_site
from portal.asgi import create
from portal.private import Private, open_private
from portal.published import Published
from tests.portal.bureau import Bureau, publish_all
from tests.portal.worlds import SHA, TEXT, Rows, second_world, world


@pytest.fixture(scope="session")
def collection() -> Collection:
    return load(ROOT / "datasets" / "zhenjiang-stb")


@pytest.fixture(scope="session")
def second() -> Collection:
    return load(ROOT / "tests" / "collections" / "qinghe-joint")


@pytest.fixture(scope="session")
def site() -> Site:
    return load_site(ROOT / "metadata.yml")


@pytest.fixture(scope="session")
def publish() -> Callable[..., Build]:
    return _publish


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory, collection: Collection, second: Collection) -> Path:
    """A folder of releases with both collections, never changed by a test."""
    folder = tmp_path_factory.mktemp("releases")
    _publish(folder, collection, world(), {"zjstb-src-c8cbd21351": TEXT})
    _publish(folder, second, second_world(), {})
    return folder


@pytest.fixture
def published(releases: Path) -> Published:
    return Published(releases)


def _publish(
    releases: Path, collection: Collection, rows: Rows, texts: dict[str, str], version: str = "1.0.0"
) -> Build:
    """Publish rows as the platform does."""

    def write(folder: Path) -> str:
        build_database(collection, rows, folder / f"{collection.name}.db")
        write_files(collection, rows, texts, folder)
        return write_manifest(version, folder)

    return put_in_place(releases, collection.name, SHA, write)


@pytest.fixture
def private(migrated: Path, tmp_path: Path) -> Iterator[Private]:
    """What the portal keeps of its own, fresh."""
    folder = tmp_path / "own"
    shutil.copytree(migrated, folder)
    opened = open_private(folder)
    yield opened
    opened.storage.close()


@pytest.fixture
def client(published: Published, site: Site, private: Private) -> TestClient:
    """The whole site, asked without a network; redirects are not followed."""
    app = create(published, site, private)
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def any_client(published: Published, site: Site, any_private: Private) -> TestClient:
    """The whole site over SQLite and over PostgreSQL, each asked without a network; redirects are not followed."""
    app = create(published, site, any_private)
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """A bureau with four releases, never changed by a test."""
    made = Bureau(tmp_path_factory.mktemp("bureau"))
    publish_all(made)
    return made


@pytest.fixture
def released(bureau: Bureau) -> Published:
    return Published(bureau.releases)


@pytest.fixture
def asking(released: Published, site: Site, private: Private) -> TestClient:
    """The whole site over the four releases; redirects are not followed."""
    app = create(released, site, private)
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False, raise_server_exceptions=False)
