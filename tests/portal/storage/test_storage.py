"""The portal's own database: made, migrated, private."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from etl.places import ROOT
from portal.storage import StorageError, database_url, migrate, open_storage
from portal.storage.migrating import FOLDER
from portal.storage.models import Base, StoredQuery
from portal.storage.queries import count


def test_a_new_database_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path}/private/portal.db")
    migrate(storage)
    with storage.session() as session:
        assert count(session) == 0
    assert stat.S_IMODE((tmp_path / "private" / "portal.db").stat().st_mode) == 0o600
    storage.close()


def test_migrations_lead_to_what_the_models_say(any_url: str) -> None:
    storage = open_storage(any_url)
    migrate(storage)
    migrate(storage)
    with storage.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert StoredQuery.__tablename__ in Base.metadata.tables
    storage.close()


def test_a_number_that_somebody_was_given_is_never_given_again(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path}/portal.db")
    migrate(storage)
    with storage.engine.connect() as connection:
        made = dict(connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all())
    storage.close()
    kept = {name for name, sql in made.items() if "AUTOINCREMENT" in sql}
    said = {t.name for t in Base.metadata.tables.values() if t.dialect_options["sqlite"]["autoincrement"]}
    assert kept == said
    assert kept >= {"account", "audit", "citizen_request", "forum_post", "forum_thread", "forum_version", "message"}


def test_processes_that_start_at_once_migrate_one_after_the_other(any_url: str) -> None:
    code = f"from portal.storage import migrate, open_storage; migrate(open_storage({any_url!r}))"
    together = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    ended = [(process.communicate()[1], process.returncode) for process in together]
    assert ended == [(b"", 0)] * 3


def test_migrations_lead_back(any_url: str) -> None:
    storage = open_storage(any_url)
    migrate(storage)
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with storage.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(storage.engine).get_table_names() == ["alembic_version"]
    migrate(storage)
    storage.close()


def test_another_database_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@h/d")
    assert database_url(tmp_path) == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/none/portal.db", "nodb://x"])
def test_a_database_that_can_not_be_had_is_a_sentence(url: str) -> None:
    with pytest.raises(StorageError, match=r"请检查|DATABASE_URL"):
        open_storage(url)
