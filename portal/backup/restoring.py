"""Restores a backup while the site runs: checked first, made ready beside, put in place in one step.

Who was deleted after the backup is deleted from it before anybody sees it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from portal import personal
from portal.backup import archive, contents, files, marks, postgresql, sqlite
from portal.backup.errors import BackupError
from portal.backup.making import make
from portal.storage import Storage, migrate, open_storage
from portal.storage.migrating import FOLDER

BESIDE = ".restore-"


@dataclass(frozen=True)
class Restored:
    """What was restored: when the backup was made, how many accounts were deleted again, which files differ."""

    made_at: str
    deleted_again: int
    changed: tuple[str, ...]


def restore(private: Path, url: str, path: Path, aside: Path | None = None) -> Restored:
    """Restore a backup; BackupError, and nothing changed, where it is damaged, too new or of another kind.

    What is there before is kept in a backup of its own, `aside`, where one is named.
    """
    target = make_url(url)
    private.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=BESIDE, dir=private) as name:
        folder = Path(name)
        told = archive.read(path, folder)
        _check(told, target)
        left = [*marks.read(private), *marks.read(folder / files.PLACE), *_left(target)]
        with _beside(told, target, folder) as beside:
            again = _ready(beside, told, left)
            if aside is not None and _is_made(target):
                make(private, url, aside)
            _put(beside, target, folder)
        marks.add(private, left)
        changed = files.put(folder / files.PLACE, private)
    return Restored(told.made_at, again, tuple(changed))


def _check(told: archive.Manifest, target: URL) -> None:
    """Whether a backup is one for this program and this kind of database."""
    if told.kind != target.get_backend_name():
        raise BackupError(
            f"这份备份来自 {told.kind}，而 DATABASE_URL 指的是 {target.get_backend_name()}："
            "请改 DATABASE_URL，或换一份备份。什么都没有改动。"
        )
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    try:
        ScriptDirectory.from_config(config).get_revision(told.revision)
    except CommandError as error:
        raise BackupError("这份备份的数据库比本程序新：请先升级程序，再恢复。什么都没有改动。") from error


def _left(target: URL) -> list[str]:
    """The marks of who was deleted, in the database as it is; none where there is none, or it is damaged."""
    if target.get_backend_name() == "sqlite" and not Path(target.database or "").exists():
        return []
    with suppress(SQLAlchemyError), _opened(target) as storage, storage.session() as session:
        return personal.deleted(session)
    return []


def _is_made(target: URL) -> bool:
    """Whether there is anything that a restored backup takes the place of."""
    if target.get_backend_name() == "sqlite" and not Path(target.database or "").exists():
        return False
    try:
        with _opened(target) as storage, storage.engine.connect() as connection:
            return contents.is_made(connection)
    except SQLAlchemyError as error:
        raise BackupError("现有的数据库读不出来，没能先另存一份：确定不要它，请加上 --discard。") from error


@contextmanager
def _beside(told: archive.Manifest, target: URL, folder: Path) -> Iterator[URL]:
    """The backup's database in a place of its own."""
    if told.kind == "sqlite":
        yield URL.create("sqlite", database=str(folder / archive.DATABASE / sqlite.NAME))
    else:
        with postgresql.beside(target, folder / archive.DATABASE / postgresql.NAME) as url:
            yield url


def _ready(beside: URL, told: archive.Manifest, left: list[str]) -> int:
    """Check what was restored, bring it up to date, delete again who was deleted since; how many those were."""
    with _opened(beside) as storage:
        with storage.engine.connect() as connection:
            if contents.hashes(connection) != told.tables:
                raise BackupError("恢复出来的内容与备份时不一致：什么都没有改动。请换一份备份。")
        migrate(storage)
        with storage.session() as session:
            personal.remember(session, left)
            session.flush()
            again = personal.forget_again(session)
        personal.erase(storage)
    return again


def _put(beside: URL, target: URL, folder: Path) -> None:
    if target.get_backend_name() == "sqlite":
        sqlite.put(Path(beside.database or ""), Path(target.database or ""))
    else:
        postgresql.put(beside, target, folder)


@contextmanager
def _opened(url: URL) -> Iterator[Storage]:
    storage = open_storage(url.render_as_string(hide_password=False))
    try:
        yield storage
    finally:
        storage.close()
