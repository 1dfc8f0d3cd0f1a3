"""Makes a backup while the site runs."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from etl.files import flush
from portal.backup import archive, contents, files, postgresql, sqlite
from portal.backup.errors import BackupError
from portal.storage import open_storage

BESIDE = ".backup-"
ABANDONED = 86_400
"""Seconds after which what a killed backup left behind is thrown away."""


def make(private: Path, url: str, target: Path) -> Path:
    """Write a backup into a new file, or into a folder under a name of its own; where it is."""
    now = datetime.now(UTC)
    path = target / f"portal-{now:%Y%m%dT%H%M%S}Z.zip" if target.is_dir() else target
    if path.resolve().is_relative_to(private.resolve()):
        raise BackupError(f"备份不能放在 {private} 里，否则和原件一起丢失：请写到别的地方，最好是别的磁盘。")
    if path.exists():
        raise BackupError(f"{path} 已经存在：请换一个文件名，备份不覆盖别的文件。")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(path.parent)
        with tempfile.TemporaryDirectory(prefix=BESIDE, dir=path.parent) as folder:
            _make(private, make_url(url), Path(folder), path, f"{now:%Y-%m-%dT%H:%M:%SZ}")
    except OSError as error:
        where = error.filename or path
        raise BackupError(
            f"{where} 写不进（{error.strerror}）：没有留下不完整的备份。请检查权限和剩余空间。"
        ) from error
    return path


def _make(private: Path, url: URL, folder: Path, path: Path, made_at: str) -> None:
    kind = url.get_backend_name()
    name, revision, tables = _dump(url, folder)
    # After the database: a message that was delivered meanwhile is then in both, and in one of them at least.
    kept = {f"{archive.DATABASE}/{name}": folder / name, **_copied(private, folder)}
    told = archive.Manifest(made_at, kind, revision, tables, {n: archive.digest(f) for n, f in kept.items()})
    archive.write(folder / "archive", kept, told)
    os.replace(folder / "archive", path)  # noqa: PTH105 - in one step
    flush(path.parent)


def _dump(url: URL, folder: Path) -> tuple[str, str, dict[str, str]]:
    """Copy the database as it is at one moment; the copy's name, its step and the hashes of its tables."""
    if url.get_backend_name() == "sqlite":
        sqlite.dump(Path(url.database or ""), folder / sqlite.NAME)
        return sqlite.NAME, *_told(URL.create("sqlite", database=str(folder / sqlite.NAME)), folder, None)
    return postgresql.NAME, *_told(url, folder, postgresql.NAME)


def _told(url: URL, folder: Path, dumped: str | None) -> tuple[str, dict[str, str]]:
    storage = open_storage(url.render_as_string(hide_password=False))
    try:
        with storage.engine.connect().execution_options(isolation_level=_isolation(dumped)) as connection:
            if dumped:
                postgresql.dump(url, folder / dumped, _snapshot(connection))
            return contents.revision(connection), contents.hashes(connection)
    except SQLAlchemyError as error:
        raise BackupError("网站自己的数据库读不出来：请检查 DATABASE_URL，或先运行一次网站。") from error
    finally:
        storage.close()


def _isolation(dumped: str | None) -> str:
    return "REPEATABLE READ" if dumped else "SERIALIZABLE"


def _snapshot(connection: Connection) -> str:
    """The moment that a connection sees, for others to see the same."""
    return str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())


def _copied(private: Path, folder: Path) -> dict[str, Path]:
    """The private files, copied, since they may go meanwhile."""
    copies = {}
    for number, (name, path) in enumerate(files.kept(private)):
        try:
            copies[name] = Path(shutil.copyfile(path, folder / f"file-{number}"))
        except FileNotFoundError:
            continue
    return copies


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{BESIDE}*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > ABANDONED:
            shutil.rmtree(left, ignore_errors=True)
