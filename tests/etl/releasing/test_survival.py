"""The promise to everybody who links to a row: extract again with other rules and decisions, and every id survives."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SOURCE = "2017-02-16-kjcxgzyd.txt"
Rows = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Bench:
    """A copy of the collection and of the code, both to be altered."""

    folder: Path

    @property
    def collection(self) -> Path:
        return self.folder / "datasets" / "zhenjiang-stb"

    def build(self) -> None:
        environment = {"DATASETS_DIR": str(self.folder / "datasets"), "VAR_DIR": str(self.folder / "var")}
        command = [sys.executable, "-m", "etl", "build"]
        done = subprocess.run(command, cwd=self.folder / "code", env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def rows(self, table: str, key: str | None = None) -> Rows:
        path = self.collection / ("ids.csv" if table == "ids" else f"data/{table}.csv")
        with path.open(encoding="utf-8", newline="") as file:
            return {row[key or f"{table}_id"]: row for row in csv.DictReader(file)}

    def ids(self) -> Rows:
        return self.rows("ids", "id")

    def alter(self, rules: str, before: str, after: str) -> None:
        """Change a rule in the copy of the code."""
        path = self.folder / "code" / "etl" / rules
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")

    def sources(self) -> list[dict[str, str]]:
        with (self.collection / "sources.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def add_source(self, name: str, data: bytes, replaces: bool = False) -> None:
        """What a capture does."""
        (self.collection / "sources" / name).write_bytes(data)
        rows, sha = self.sources(), hashlib.sha256(data).hexdigest()
        new = rows[0] | {"file": name, "sha256": sha, "captured_at": "2026-11-25T00:00:00Z", "replaced_by": ""}
        for row in rows:
            row["replaced_by"] = row["replaced_by"] or (sha if replaces else "")
        with (self.collection / "sources.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(new), lineterminator="\n")
            writer.writeheader()
            writer.writerows([*rows, new])

    def correct(self, **cells: str) -> None:
        path = self.collection / "corrections.csv"
        header = path.read_text("utf-8").splitlines()[0].split(",")
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header, lineterminator="\n").writerow(cells)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The first build, made once."""
    folder = tmp_path_factory.mktemp("first")
    ignored = shutil.ignore_patterns("data", "ids.csv", "releases.csv", "changes.csv", "__pycache__")
    shutil.copytree(ROOT / "datasets" / "zhenjiang-stb", folder / "datasets" / "zhenjiang-stb", ignore=ignored)
    shutil.copytree(ROOT / "etl", folder / "code" / "etl", ignore=ignored)
    bench = Bench(folder)
    bench.build()
    return bench


@pytest.fixture
def bench(first: Bench, tmp_path: Path) -> Bench:
    return Bench(shutil.copytree(first.folder, tmp_path / "bench"))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def meaning(row: dict[str, str]) -> tuple[str, ...]:
    """What a link to a target stands for."""
    return tuple(row[c] for c in ("value", "value_min", "value_max", "unit", "year", "origin"))


def test_every_id_survives_other_rules_a_correction_a_second_notice_and_a_new_capture(bench: Bench) -> None:
    before, targets = bench.ids(), bench.rows("target")
    agri = "zjstb-zkd-2017-13.agri-progress-share"

    bench.alter("extracting/rules/qualifiers.yaml", "[全市, 全省,", "[全省,")
    text = (bench.collection / "sources" / SOURCE).read_text("utf-8")
    bench.add_source("again.txt", text.replace("\n\n", "\n \n\n  ").encode(), replaces=True)
    bench.add_source("2018.txt", text.replace("2017", "2018").replace("66.6", "67.1").encode())
    bench.correct(
        correction_id="cor-0001", action="set", table="target", row_id=agri, column="value", old="66.6", new="66.5",
        reason="据更正公告", by="editor", at="2026-11-25T00:00:00Z",
    )  # fmt: skip
    bench.build()

    after, now = bench.ids(), bench.rows("target")
    assert before.keys() <= after.keys()
    kept = {i for i in before if after[i]["table"] not in ("source", "quarantine")}
    assert {i for i in kept if after[i]["status"] != "active"} == set()
    assert {i: after[i]["table"] for i in before} == {i: before[i]["table"] for i in before}
    texts = [i for i in kept if before[i]["quote"] and before[i]["table"] != "target"]
    assert {i: squeezed(after[i]["quote"])[:30] for i in texts} == {i: squeezed(before[i]["quote"])[:30] for i in texts}
    assert {i: meaning(now[i]) for i in targets if i != agri} == {
        i: meaning(t) for i, t in targets.items() if i != agri
    }
    assert (now[agri]["value"], now[agri]["confidence"]) == ("66.5", "1")
    assert "zjstb-zkd-2018-13" in bench.rows("notice")


def test_a_row_that_is_no_longer_read_is_withdrawn_and_its_id_is_never_used_again(bench: Bench) -> None:
    before = bench.ids()
    text = (bench.collection / "sources" / SOURCE).read_text("utf-8")
    bench.add_source("again.txt", text.replace("全市农业科技进步贡献率达到66.6%", "").encode(), replaces=True)
    bench.build()
    gone = bench.ids()["zjstb-zkd-2017-13.agri-progress-share"]
    assert (gone["status"], gone["reason"]) == ("withdrawn", "重新识读后，原文中不再读出这一行")
    assert before.keys() <= bench.ids().keys()

    other = text.replace("全市农业科技进步贡献率达到66.6%", "全市农业科技进步贡献率达到70%")
    bench.add_source("third.txt", other.encode(), replaces=True)
    bench.build()
    assert bench.ids()["zjstb-zkd-2017-13.agri-progress-share"]["status"] == "withdrawn"
    assert bench.rows("target")["zjstb-zkd-2017-13.agri-progress-share-2"]["value"] == "70"


def test_two_builds_give_the_same_ledger_to_the_byte(bench: Bench) -> None:
    first = (bench.collection / "ids.csv").read_bytes()
    (bench.collection / "ids.csv").unlink()
    shutil.rmtree(bench.folder / "var")
    bench.build()
    assert (bench.collection / "ids.csv").read_bytes() == first
