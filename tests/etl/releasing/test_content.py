"""The content hash and the manifest."""

from __future__ import annotations

import json
from pathlib import Path

from etl.publishing.checked import publish
from etl.releasing.content import content_hash, sha256
from tests.etl.conftest import Small


def test_the_order_of_rows_and_the_ledger_do_not_change_the_hash(small: Small) -> None:
    before = content_hash(small.collection, small.rows)
    small.rows["region"].reverse()
    small.rows["release"].append({"version": "1.0.1", "content_hash": before})
    assert content_hash(small.collection, small.rows) == before


def test_a_changed_cell_changes_the_hash(small: Small) -> None:
    before = content_hash(small.collection, small.rows)
    small.rows["target"][0]["value"] = 2.66
    assert content_hash(small.collection, small.rows) != before


def test_a_build_bears_the_hash_of_its_rows(small: Small, tmp_path: Path) -> None:
    build = publish(small.collection, small.rows, small.texts, tmp_path)
    assert build.content_hash == content_hash(small.collection, small.rows)


def test_the_manifest_names_every_other_file_with_its_hash(small: Small, tmp_path: Path) -> None:
    folder = publish(small.collection, small.rows, small.texts, tmp_path).folder
    files = json.loads((folder / "manifest.json").read_bytes())["files"]
    there = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    del there["manifest.json"]
    assert files == {path: {"bytes": len(data), "sha256": sha256(data)} for path, data in there.items()}
