"""From checked rows to a served build: write, check, database, switch; what fails leaves the last good build in use."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from etl.checking import Problem, check
from etl.database import build_database
from etl.declaration import Collection
from etl.releasing.current import Build
from etl.releasing.folder import write_files
from etl.releasing.manifest import write_manifest
from etl.releasing.switch import put_in_place
from etl.tables import Rows

SHOWN = 20


class CheckFailed(Exception):  # noqa: N818 - a finding about data, not a fault of the program
    """Rows that must not be published; the message lists the first problems, one a line."""

    def __init__(self, collection: str, problems: list[Problem]) -> None:
        self.problems = problems
        lines = [f"{collection} 没有通过检查（{len(problems)} 处），上一次成功的数据仍在使用；请改正后再试："]
        lines += [f"  {problem}" for problem in problems[:SHOWN]]
        if len(problems) > SHOWN:
            lines.append(f"  ……另有 {len(problems) - SHOWN} 处")
        super().__init__("\n".join(lines))


def publish(
    collection: Collection, rows: Rows, texts: Mapping[str, str], releases: Path, inputs_hash: str = ""
) -> Build:
    """Check, build and switch to a new draft; raises CheckFailed, TableError, DatabaseError or PublishError.

    `texts` are the masked texts by source id; all offsets in the rows count their characters.
    """

    def write(folder: Path) -> str:
        write_files(collection, rows, texts, folder)
        checked_database(collection, rows, folder)
        return write_manifest(collection.version, folder)

    return put_in_place(releases, collection.name, inputs_hash, write)


def checked_database(collection: Collection, rows: Rows, folder: Path) -> None:
    """Check the files that stand in the folder and add their database; raises CheckFailed or DatabaseError."""
    if problems := check(collection, rows, folder):
        raise CheckFailed(collection.name, problems)
    database(collection, rows, folder)


def database(collection: Collection, rows: Rows, folder: Path) -> None:
    """Add the database to the files that stand in the folder; raises DatabaseError."""
    build_database(collection, rows, folder / f"{collection.name}.db")


def check_rows(collection: Collection, rows: Rows, texts: Mapping[str, str]) -> None:
    """Check rows that are not to be published yet; raises CheckFailed or TableError."""
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        write_files(collection, rows, texts, Path(folder))
        if problems := check(collection, rows, Path(folder)):
            raise CheckFailed(collection.name, problems)
