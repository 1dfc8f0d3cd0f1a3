"""The files of a build."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from etl.releasing.folder import write_files
from etl.tables import TableError, csv_text
from tests.etl.conftest import Small


def test_the_descriptor_states_size_hash_and_rows_of_each_file(small: Small, tmp_path: Path) -> None:
    write_files(small.collection, small.rows, small.texts, tmp_path)
    descriptor = json.loads((tmp_path / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        table, rows = small.collection.table(resource["name"]), small.rows[resource["name"]]
        assert data == csv_text(table, rows).encode("utf-8")
        stated = (resource["bytes"], resource["hash"], resource["rows"])
        assert stated == (len(data), "sha256:" + hashlib.sha256(data).hexdigest(), len(rows))
    assert descriptor["resources"][3]["schema"] == small.collection.descriptor["resources"][3]["schema"]


def test_the_text_of_a_source_keeps_its_line_ends(small: Small, tmp_path: Path) -> None:
    write_files(small.collection, small.rows, small.texts, tmp_path)
    assert (tmp_path / "sources" / "sm-src-1.txt").read_bytes().decode("utf-8") == small.texts["sm-src-1"]


def test_a_source_id_that_leads_elsewhere_is_refused(small: Small, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="不能用作文件名"):
        write_files(small.collection, small.rows, {"../../x": ""}, tmp_path)


def test_a_table_that_is_not_declared_is_refused(small: Small, tmp_path: Path) -> None:
    with pytest.raises(TableError, match="没有声明表 colour"):
        write_files(small.collection, {**small.rows, "colour": []}, small.texts, tmp_path)
