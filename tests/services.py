"""Real servers for tests: Debian's PostgreSQL and Redis, each in a folder of its own, on a free loopback port.

A test that asks for `any_private` (the whole private folder), `any_storage` (a database brought up to date) or
`any_url` (the address of an empty database) runs twice: over SQLite and over PostgreSQL. `postgresql` gives the server
itself (`.fresh()` is the address of a new database), `redis_server` the address for REDIS_URL. A process of its own is
told where the data are by DATABASE_URL: `address(any_private.storage)`. Where the servers can't be had, such tests skip
loudly; under CI they fail.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.private import Private, open_private
from portal.secret import secret
from portal.storage import Storage, migrate, open_storage
from tests.postgres import PostgreSQL, running_postgresql
from tests.servers import running_redis


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server for the whole run."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a Redis server for the whole run."""
    with running_redis() as (_, address):
        yield address


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private folder as it is made at the first start, to copy."""
    folder = tmp_path_factory.mktemp("migrated") / "private"
    open_private(folder).storage.close()
    return folder


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: PostgreSQL) -> str:
    """The name of a PostgreSQL database as it is made at the first start, to copy."""
    url = postgresql.fresh()
    storage = open_storage(url)
    migrate(storage)
    storage.close()
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/any/portal.db"
    else:
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.fresh()
        yield url
        server.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_private(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Private]:
    """What the portal keeps of its own, fresh, over either kind of database."""
    folder = tmp_path / "own"
    shutil.copytree(request.getfixturevalue("migrated"), folder)
    if request.param == "sqlite":
        opened = open_private(folder)
        yield opened
        opened.storage.close()
    else:
        (folder / "portal.db").unlink()
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.fresh(request.getfixturevalue("migrated_postgresql"))
        storage = open_storage(url)
        yield Private(folder, storage, secret(folder))
        storage.close()
        server.drop(url)


@pytest.fixture
def any_storage(any_private: Private) -> Storage:
    """A database of either kind, brought up to date."""
    return any_private.storage


def address(storage: Storage) -> str:
    """Where a database is, for the DATABASE_URL of another process."""
    return storage.engine.url.render_as_string(hide_password=False)
