"""Takes captured bytes into a collection: the file under a readable name, a row in `sources.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from etl.batch import Reading
from etl.capture import Capture
from etl.declaration import Collection
from etl.files import write_atomically
from etl.filing import date_in, home, name_of
from etl.inputs import SOURCE_COLUMNS, SOURCES, folder_of, read_sources, source_table
from etl.tables import Row, csv_text


@dataclass(frozen=True)
class Registered:
    """The new row, where its file lies, and the file that it replaces, if any."""

    row: Row
    path: Path
    replaced: str | None = None


class Register:
    """The list of a collection's sources, read once: a new line is appended, so that each source costs the same.

    When the register is closed the lines are put in order. Somebody else's changes meanwhile are seen: the list is read
    again when it is not as it was left.
    """

    def __init__(self, collection: Collection, private: Path) -> None:
        self._collection, self._private = collection, private
        self._path, self._table = folder_of(collection) / SOURCES, source_table(collection)
        self._left: tuple[int, ...] = ()
        self._is_plain = False
        self._appended = 0
        self._tried: dict[str, int] = {}
        self._start()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        if self._appended:
            self._look()
            self._rewrite()

    def known(self, sha256: str) -> str | None:
        """The file under which these very bytes were captured before, if they were."""
        self._look()
        return self._files.get(sha256)

    def take(
        self, captured: Capture, reading: Reading, at: datetime, *, path_on: str | None = None, note: str | None = None
    ) -> Registered:
        """Write the file, then the row; the same address with other bytes replaces the earlier capture on record."""
        self._look()
        row: Row = {
            "file": self._free(name_of(captured, reading, at)),
            "url": captured.url,
            "sha256": captured.sha256,
            "captured_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "media_type": reading.document.media_type,
            "encoding": reading.document.encoding or None,
            "path_on": path_on or date_in(captured.url),
            "replaced_by": None,
            "note": note,
        }
        path = home(self._collection, reading, self._private) / row["file"]
        write_atomically(path, captured.data)
        return Registered(row, path, self._enter(row))

    def _enter(self, row: Row) -> str | None:
        """Add the row; returns the file that it replaces."""
        replaced = self._addresses.get(row["url"] or "")
        if replaced:
            replaced["replaced_by"] = row["sha256"]
        self._index(row)
        if replaced or not self._is_plain:
            self._rewrite()
        else:
            self._append(row)
        return str(replaced["file"]) if replaced else None

    def _append(self, row: Row) -> None:
        _, _, line = csv_text(self._table, [row]).partition("\n")
        with self._path.open("ab", buffering=0) as file:
            file.write(line.encode())
        self._left, self._appended = _state(self._path), self._appended + 1

    def _rewrite(self) -> None:
        write_atomically(self._path, csv_text(self._table, self._rows))
        self._left, self._is_plain, self._appended = _state(self._path), True, 0

    def _look(self) -> None:
        """Read the list again where it is not as this left it."""
        if self._left and _state(self._path) == self._left:
            return
        data = _mended(self._path)
        self._start()
        for row in read_sources(self._collection):
            self._index(row)
        self._left = _state(self._path)
        # Columns in another order, or no end of the last line: it is written anew before anything is added to it.
        self._is_plain = data.startswith(f"{','.join(SOURCE_COLUMNS)}\n".encode()) and data.endswith(b"\n")

    def _start(self) -> None:
        self._rows: list[Row] = []
        self._files: dict[str, str] = {}
        self._names: set[str] = set()
        self._addresses: dict[str, Row] = {}

    def _index(self, row: Row) -> None:
        self._rows.append(row)
        self._files.setdefault(row["sha256"], str(row["file"]))
        self._names.add(row["file"])
        if row["url"] and not row["replaced_by"]:
            earlier = self._addresses.get(row["url"])
            if earlier is None or earlier["replaced_by"]:
                self._addresses[row["url"]] = row

    def _free(self, name: str) -> str:
        """The name, or the first of `-2`, `-3` … that no file has."""
        path, number = PurePath(name), self._tried.get(name, 1)
        choice = name
        while choice in self._names:
            number += 1
            choice = f"{path.stem}-{number}{path.suffix}"
        self._tried[name] = max(number - 1, 1)
        return choice


def _mended(path: Path) -> bytes:
    """What stands there, without the beginning of a line that a killed process left at the end of the file."""
    data = path.read_bytes() if path.exists() else b""
    whole, _, rest = data.rpartition(b"\n")
    if whole and rest.count(b",") < len(SOURCE_COLUMNS) - 1 and rest:
        data = whole + b"\n"
        write_atomically(path, data)
    return data


def _state(path: Path) -> tuple[int, ...]:
    """What changes with the file; nothing where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
