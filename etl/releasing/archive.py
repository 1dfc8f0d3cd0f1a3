"""One zip file of a whole release: fixed order, dates and rights, so that the same files give the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX, _RIGHTS = 3, 0o644 << 16


def write_archive(folder: Path, files: Iterable[str], top: str, path: Path) -> None:
    """Pack the files of a folder, named by their paths in it, under the folder `top`."""
    with ZipFile(path, "w") as archive:
        for name in sorted(files):
            entry = ZipInfo(f"{top}/{name}", _DATE)
            entry.create_system, entry.external_attr, entry.compress_type = _UNIX, _RIGHTS, ZIP_DEFLATED
            entry.file_size = (folder / name).stat().st_size
            with archive.open(entry, "w") as packed, (folder / name).open("rb") as file:
                shutil.copyfileobj(file, packed)
