"""Other people's tools, unmodified, over a build: the package validates and every table can be read and asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from etl.publishing.checked import publish
from etl.releasing.current import Build
from tests.etl.conftest import Small

BIN = Path(sys.executable).parent


@pytest.fixture
def build(small: Small, tmp_path: Path) -> Build:
    """The small collection, published."""
    del small.rows["quarantine"], small.rows["release"]
    small.rows["region"].append({"region_code": "990200", "name": '带"引号"，逗号,和\r\n换行', "parent_code": None})
    return publish(small.collection, small.rows, small.texts, tmp_path)


def run(*command: str, folder: Path) -> str:
    tool = [str(BIN / command[0]), *command[1:]]
    result = subprocess.run(tool, cwd=folder, capture_output=True)
    assert result.returncode == 0, (result.stdout + result.stderr).decode("utf-8")
    return result.stdout.decode("utf-8")


def test_frictionless_validates_the_package(build: Build, small: Small) -> None:
    said = run("frictionless", "validate", "datapackage.json", folder=build.folder)
    assert said.count("VALID") == len(small.collection.tables)
    assert "INVALID" not in said


def test_frictionless_refuses_a_broken_package(build: Build) -> None:
    path = build.data / "target.csv"
    path.write_text(path.read_text("utf-8").replace("990100", "990109"), "utf-8")
    with pytest.raises(AssertionError, match="foreign-key"):
        run("frictionless", "validate", "datapackage.json", folder=build.folder)


def test_csvkit_reads_and_asks_every_table(build: Build, small: Small) -> None:
    for table in small.collection.tables:
        name, rows = f"{table.name}.csv", small.rows.get(table.name, [])
        counted = run("csvstat", "--count", "--no-inference", name, folder=build.data)
        assert counted.strip().endswith(str(len(rows)))
        if not rows:
            # csvsql makes no table of a file that holds only a header, whoever wrote it.
            continue
        asked = run("csvsql", "--query", f"SELECT count(*) AS n FROM {table.name}", name, folder=build.data)  # noqa: S608
        assert asked.split() == ["n", str(len(rows))]


def test_csvstat_knows_numbers(build: Build) -> None:
    assert "2.65" in run("csvstat", "--max", "target.csv", folder=build.data)
