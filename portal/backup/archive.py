"""The file of a backup: a zip with a manifest of the hashes of all that is in it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from portal.backup.errors import BackupError

FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "database"
LARGEST_MANIFEST = 50_000_000
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: its database's kind, step and hashes by table, and each file's hash."""

    made_at: str
    kind: str
    revision: str
    tables: dict[str, str]
    files: dict[str, str]
    format: int = FORMAT


def write(path: Path, files: Mapping[str, Path], told: Manifest) -> None:
    """Write the archive, for its owner alone, so that it is there whole or not at all."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(told), ensure_ascii=False, indent=1, sort_keys=True))
            for name, file in files.items():
                archive.write(file, name)
        out.flush()
        os.fsync(out.fileno())


def read(path: Path, folder: Path) -> Manifest:
    """Unpack an archive into an empty folder; BackupError where a byte of it is not what the manifest says."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = _manifest(archive)
            _unpack(archive, told, folder)
            return told
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise _damaged(path) from error
    except OSError as error:
        raise BackupError(
            f"{error.filename or path} 读写失败（{error.strerror}）：请检查路径、权限和剩余空间。"
        ) from error
    except _DamagedError as error:
        raise _damaged(path, str(error)) from error


def digest(file: Path) -> str:
    """The hash of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _DamagedError(Exception):
    """What of an archive is not as it should be."""


def _damaged(path: Path, what: str = "") -> BackupError:
    return BackupError(f"{path} 不是完好的备份{what}：什么都没有改动。请换一份备份。")


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise ValueError
        said = json.loads(archive.read(MANIFEST))
        if said["format"] > FORMAT:
            raise BackupError("这份备份是更新的程序做的：请先升级程序，再恢复。什么都没有改动。")
        told = Manifest(**said)
    except (KeyError, ValueError, TypeError) as error:
        raise _DamagedError("（没有清单，或清单读不懂）") from error
    if any(not _is_inside(name) for name in told.files):
        raise _DamagedError("（清单里有不该有的文件名）")
    return told


def _unpack(archive: zipfile.ZipFile, told: Manifest, folder: Path) -> None:
    if sorted(archive.namelist()) != sorted([*told.files, MANIFEST]):
        raise _DamagedError("（文件与清单不一致）")
    for name, expected in told.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with archive.open(name) as packed, target.open("xb") as out:
            shutil.copyfileobj(packed, out, CHUNK)
        target.chmod(0o600)
        if digest(target) != expected:
            raise _DamagedError(f"（{name} 的校验值不符）")


def _is_inside(name: str) -> bool:
    """Whether a name leads to a place inside the folder.

    >>> _is_inside("private/release.key"), _is_inside("../x"), _is_inside("/etc/x"), _is_inside("a\\\\b")
    (True, False, False, False)
    """
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and "\\" not in name and ".." not in parts and "\0" not in name
