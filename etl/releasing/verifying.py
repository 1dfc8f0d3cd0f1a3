"""Checks a release that comes from elsewhere: a folder or its zip file, offline, against a public key."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from etl.releasing.manifest import Manifest, archive_name, comment_of, faults, read_manifest
from etl.releasing.signing import SUFFIX, SigningError, trusted_comment

MOST_BYTES = 4 << 30
MOST_FILES = 10_000


class VerifyError(Exception):
    """Why a release must not be trusted; the message is for people, one line a cause."""


def verify_folder(folder: Path, public: str) -> Manifest:
    """The manifest of a folder that is wholly as it was signed; VerifyError says what is wrong."""
    if found := faults(folder, public):
        raise VerifyError("\n".join(found))
    manifest = read_manifest(folder)
    archive = folder / archive_name(manifest.collection, manifest.version)
    if archive.exists():
        _verify_signature(archive, manifest, public)
    return manifest


def verify_archive(path: Path, public: str, signature: str | None = None) -> Manifest:
    """The manifest of a zip whose files are as they were signed; its own signature is checked where there is one."""
    with unpacked(path) as folder:
        manifest = verify_folder(folder, public)
    if signature is not None:
        _verify_signature(path, manifest, public, signature)
    return manifest


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The one folder that the zip of a release holds, for a while; VerifyError where it is no such zip."""
    with tempfile.TemporaryDirectory(prefix="release-") as beside:
        try:
            with zipfile.ZipFile(path) as archive:
                top = _top(archive)
                for entry in archive.infolist():
                    _unpack(archive, entry, Path(beside))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise VerifyError(f"{path.name} 不是完好的 zip 文件：请重新下载。") from error
        yield Path(beside) / top


def _verify_signature(path: Path, manifest: Manifest, public: str, signature: str | None = None) -> None:
    try:
        said = signature or path.with_name(f"{path.name}{SUFFIX}").read_text("utf-8")
        comment = trusted_comment(path, said, public)
    except (SigningError, OSError, UnicodeDecodeError) as error:
        raise VerifyError(f"{path.name} 的签名缺失或不成立：请勿使用，重新下载后再核对。") from error
    if comment != comment_of(manifest, archive_name(manifest.collection, manifest.version)):
        raise VerifyError(f"{path.name} 的签名是另一个文件的：请勿使用。")


def _top(archive: zipfile.ZipFile) -> str:
    """The folder that all entries stand in; refuses what is too large or leads elsewhere."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES or sum(e.file_size for e in entries) > MOST_BYTES:
        raise VerifyError("压缩包里的文件过多或过大，没有解开：它不像是本平台发布的。")
    paths = [PurePosixPath(e.filename) for e in entries]
    tops = {p.parts[0] for p in paths if p.parts}
    safe = all(not p.is_absolute() and ".." not in p.parts and len(p.parts) > 1 for p in paths)
    if len(tops) != 1 or not safe or len(set(paths)) != len(paths):
        raise VerifyError("压缩包里的路径不是本平台发布的样子，没有解开。")
    return tops.pop()


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    path = folder / entry.filename
    path.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    with archive.open(entry) as packed, path.open("wb") as file:
        while chunk := packed.read(min(1 << 20, left + 1)):
            left -= len(chunk)
            if left < 0:
                raise VerifyError("压缩包里的文件比它所说的大，没有解开。")
            file.write(chunk)
