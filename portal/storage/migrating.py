"""Brings a database up to date; the steps stand in `migrations/versions/`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from portal.storage.engine import Storage, StorageError

FOLDER = Path(__file__).parent / "migrations"
PATIENCE_MS = 60_000
LOCK = 5_321_107
"""A number that stands for migrations of this site, wherever they are run from."""


def migrate(storage: Storage, revision: str = "head") -> None:
    """Run the steps that are missing; StorageError where the database can't be reached."""
    # Imported here: only a start needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    try:
        with storage.engine.begin() as connection:
            _alone(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    except SQLAlchemyError as error:
        where = storage.engine.url.render_as_string(hide_password=True)
        raise StorageError(f"网站自己的数据库 {where} 打不开：请检查 DATABASE_URL、权限和服务是否在运行。") from error


def _alone(connection: Connection) -> None:
    """Let other processes that start at the same time wait until this one is done."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    else:
        # A connection of its own, closed afterwards: it waits longer than others may.
        connection.detach()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
