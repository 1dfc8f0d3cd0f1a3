"""The plain `datapackage.json` of a build: the declaration, and size, hash and rows of every file that it names."""

from __future__ import annotations

import json
from pathlib import Path

from etl.declaration import Collection, Descriptor, plain
from etl.releasing.manifest import digest
from etl.tables import Rows

FILE = "datapackage.json"
OF_FILES = ("format", "mediatype", "encoding", "bytes", "hash", "rows")
"""What is said of each table's file, beyond what is declared."""


def write_descriptor(collection: Collection, rows: Rows, folder: Path) -> None:
    """Write the descriptor of the CSV files that stand in the folder."""
    descriptor = plain(collection)
    for resource in descriptor["resources"]:
        resource |= _facts(folder / resource["path"], len(rows.get(resource["name"], ())))
    text = json.dumps(descriptor, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", "utf-8", newline="\n")


def _facts(path: Path, rows: int) -> Descriptor:
    fixed = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {**fixed, "bytes": path.stat().st_size, "hash": f"sha256:{digest(path)}", "rows": rows}
