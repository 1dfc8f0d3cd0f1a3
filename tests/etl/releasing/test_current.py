"""Which build is served: the current one, or the last good one with a word about it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from etl.publishing.checked import publish
from etl.releasing.current import POINTER, Build, builds, current
from tests.etl.conftest import Small


@pytest.fixture
def two(small: Small, tmp_path: Path) -> tuple[Build, Build]:
    """An old and a new build in one folder of releases."""
    return released(small, tmp_path, "旧"), released(small, tmp_path, "新")


def released(small: Small, releases: Path, title: str) -> Build:
    small.rows["notice"][0]["title"] = title
    return publish(small.collection, small.rows, small.texts, releases, f"inputs of {title}")


def test_the_newest_publication_is_current(two: tuple[Build, Build], tmp_path: Path) -> None:
    assert current(tmp_path, "small") == two[1]
    assert builds(tmp_path) == (two[1],)
    assert (two[1].version, two[1].inputs_hash, two[1].warning) == ("1.0.0", "inputs of 新", None)


def test_a_build_names_its_files(two: tuple[Build, Build], small: Small) -> None:
    build = two[1]
    assert build.database.is_file()
    assert json.loads(build.descriptor.read_bytes())["name"] == "small"
    assert sorted(p.name for p in build.data.iterdir()) == sorted(f"{t.name}.csv" for t in small.collection.tables)
    assert build.read_source("sm-src-1") == small.texts["sm-src-1"]
    assert build.source_text("sm-src-1").read_bytes().decode("utf-8") == small.texts["sm-src-1"]


def remove_database(build: Build) -> None:
    build.database.unlink()


def cut_database(build: Build) -> None:
    build.database.write_bytes(build.database.read_bytes()[:4096])


def alter_table(build: Build) -> None:
    path = build.data / "target.csv"
    path.write_text(path.read_text("utf-8").replace("2.65", "9.65"), "utf-8")


def remove_manifest(build: Build) -> None:
    (build.folder / "manifest.json").unlink()


def forge_manifest(build: Build) -> None:
    path = build.folder / "manifest.json"
    path.write_text('{"version": "1.0.0", "content_hash": "", "files": {}}', "utf-8")


def remove_folder(build: Build) -> None:
    shutil.rmtree(build.folder)


def garble_pointer(build: Build) -> None:
    (build.folder.parent / POINTER).write_text("{", "utf-8")
    remove_database(build)


DAMAGES = [remove_database, cut_database, remove_manifest, forge_manifest, remove_folder, garble_pointer]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_build_gives_way_to_the_last_good_one(
    damage: object, two: tuple[Build, Build], tmp_path: Path
) -> None:
    old, new = two
    assert callable(damage)
    damage(new)
    found = current(tmp_path, "small")
    assert found is not None
    assert (found.folder, found.version, found.content_hash) == (old.folder, old.version, old.content_hash)
    assert found.warning == f"small 的当前版本已损坏或缺失，改用 {old.folder.name}：请重新运行 make build。"


def test_an_altered_table_is_noticed_by_a_process_that_starts(two: tuple[Build, Build], tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    alter_table(two[1])
    shutil.copytree(tmp_path / "small", moved / "small")
    found = current(moved, "small")
    assert found is not None
    assert found.folder.name == two[0].folder.name


def test_a_pointer_that_leads_out_of_the_folder_is_not_followed(two: tuple[Build, Build], tmp_path: Path) -> None:
    pointer = tmp_path / "small" / POINTER
    pointer.write_text(pointer.read_text("utf-8").replace(two[1].folder.name, f"../../{two[1].folder.name}"), "utf-8")
    assert current(tmp_path, "small") == two[1]


def test_nothing_published_is_none(tmp_path: Path) -> None:
    assert current(tmp_path, "small") is None
    assert builds(tmp_path) == ()
    assert builds(tmp_path / "none") == ()


def test_nothing_sound_is_none(two: tuple[Build, Build], tmp_path: Path) -> None:
    for build in two:
        remove_database(build)
    assert current(tmp_path, "small") is None
    assert builds(tmp_path) == ()
