"""Writing files so that a reader sees the old one or the new one, never half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO


def write_atomically(
    path: Path, content: str | bytes | Iterable[str | bytes], *, durable: bool = False, only_if_other: bool = False
) -> None:
    """Replace the file's content, whole or in parts, at once; what was there stays when anything fails.

    `durable`: it is on the disk itself when this returns, also should the power fail.
    `only_if_other`: a file that holds the same already is not touched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            for part in [content] if isinstance(content, str | bytes) else content:
                file.write(part.encode() if isinstance(part, str) else part)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if only_if_other and same_content(Path(name), path):
            Path(name).unlink()
            return
        Path(name).chmod(0o644)
        Path(name).replace(path)
        if durable:
            flush(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def same_content(one: Path, other: Path) -> bool:
    """Whether both are files with the same bytes."""
    if not (one.is_file() and other.is_file()) or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return all(a == b for a, b in zip(_blocks(first), _blocks(second), strict=True))


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(1 << 16), b"")


def flush(path: Path) -> None:
    """Have a file or folder on the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
