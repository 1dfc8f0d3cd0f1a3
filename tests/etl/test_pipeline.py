"""Collections built from what is captured: all or nothing, said in words, and nothing done twice."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from etl.batch import Answer, Job
from etl.declaration import load
from etl.engines import Local
from etl.originals import OriginalError
from etl.pipeline import prepare
from etl.publishing.building import Built, build
from etl.publishing.checked import CheckFailed
from etl.releasing.current import current
from etl.tables import TableError
from etl.taking import BuildError

COLLECTIONS = Path(__file__).resolve().parents[1] / "collections"
PLAN = "2021-03-lianhe.txt"


@dataclass(frozen=True)
class Desk:
    """A copy of the fictional collection, to build and to break."""

    folder: Path
    releases: Path
    private: Path

    def build(self, **how: Any) -> Built:
        return build(load(self.folder), self.releases, self.private, **how)

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, "utf-8")

    def replace(self, file: str, before: str, after: str) -> None:
        text = (self.folder / file).read_text("utf-8")
        assert before in text
        self.write(file, text.replace(before, after))

    def add_source(self, name: str, data: bytes, media_type: str = "text/plain") -> None:
        (self.folder / "sources" / name).write_bytes(data)
        row = [name, "", hashlib.sha256(data).hexdigest(), "2026-11-21T00:00:00Z", media_type, "utf-8", "", "", ""]
        with (self.folder / "sources.csv").open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(row)

    def correct(self, **cells: str) -> None:
        header = (self.folder / "corrections.csv").read_text("utf-8").splitlines()[0].split(",")
        given = {"correction_id": "cor-0001", "reason": "据公报", "by": "editor", "at": "2026-11-21T00:00:00Z"} | cells
        with (self.folder / "corrections.csv").open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header, lineterminator="\n").writerow(given)

    def files(self) -> dict[str, bytes]:
        """Every file of the collection's folder but the originals."""
        paths = [p for p in self.folder.rglob("*") if p.is_file() and "sources" not in p.parts]
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in paths}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    datasets = tmp_path / "datasets"
    made = shutil.ignore_patterns("data", "ids.csv", "releases.csv", "changes.csv")
    shutil.copytree(COLLECTIONS, datasets, ignore=made)
    return Desk(datasets / "qinghe-joint", tmp_path / "var" / "releases", tmp_path / "var" / "private")


def test_a_collection_is_built_and_copied_beside_its_sources(desk: Desk) -> None:
    said: list[str] = []
    built = desk.build(say=said.append)
    assert built.build == current(desk.releases, "qinghe-joint")
    assert sorted(line.split("：")[0] for line in said) == ["✓ 2021-03-lianhe.txt", "✓ 2025-01-fenjie.html"]
    for path in built.build.data.glob("*.csv"):
        assert (desk.folder / "data" / path.name).read_bytes() == path.read_bytes()
    with (desk.folder / "ids.csv").open(encoding="utf-8") as file:
        given = {row["id"] for row in csv.DictReader(file)}
    assert {row["target_id"] for row in built.prepared.rows["target"]} <= given  # type: ignore[union-attr]


def test_built_elsewhere_the_same_bytes_come_out(desk: Desk, tmp_path: Path) -> None:
    first = desk.build().build
    shutil.rmtree(desk.private)
    (desk.folder / "ids.csv").unlink()
    second = Desk(desk.folder, tmp_path / "elsewhere", tmp_path / "other").build().build
    assert second.folder.name == first.folder.name
    files = {p.relative_to(first.folder) for p in first.folder.rglob("*") if p.is_file()}
    assert all((first.folder / f).read_bytes() == (second.folder / f).read_bytes() for f in files)


def test_where_nothing_changed_nothing_is_done(desk: Desk) -> None:
    desk.build()
    before = desk.files()
    assert desk.build().prepared is None
    assert desk.files() == before


def test_a_table_that_was_edited_by_hand_is_put_back(desk: Desk) -> None:
    desk.build()
    before = desk.files()
    desk.write("data/target.csv", "改过")
    desk.write("data/extra.csv", "多余")
    assert desk.build().prepared is None
    assert desk.files() == before


def test_a_missing_a_changed_and_a_broken_source_stop_the_build_and_the_last_good_one_stays(desk: Desk) -> None:
    good = desk.build().build
    (desk.folder / "sources" / PLAN).unlink()
    desk.replace("sources.csv", "fd457330", "fd457331")
    desk.add_source("broken.docx", b"PK\x03\x04 broken", "application/zip")
    with pytest.raises(BuildError) as error:
        desk.build()
    lines = str(error.value).splitlines()
    assert lines[0] == "有来源不能读取，没有发布；上一次成功的数据仍在使用："
    assert [line.split("：")[0] for line in lines[1:]] == [
        "✗ " + n for n in (PLAN, "2025-01-fenjie.html", "broken.docx")
    ]
    assert "找不到原件" in lines[1]
    assert "校验值不符" in lines[2]
    assert current(desk.releases, "qinghe-joint") == good


def test_what_was_read_before_an_interruption_is_not_read_again(desk: Desk) -> None:
    for n in range(3):
        desk.add_source(f"{n}.txt", f"关于第{n}批试点的通知\n\n1. 新建基地{n + 2}个。\n".encode())

    def interrupted(items: Iterable[tuple[Job, Answer]], total: int) -> Iterable[tuple[Job, Answer]]:
        for number, item in enumerate(items):
            if number == 3:
                raise KeyboardInterrupt
            yield item

    with pytest.raises(KeyboardInterrupt):
        desk.build(track=interrupted)
    said: list[str] = []
    desk.build(say=said.append)
    assert len(said) == 2


def test_many_sources_are_read_at_once_with_the_same_result(desk: Desk) -> None:
    for n in range(8):
        desk.add_source(f"{n}.txt", f"关于第{n}批试点的通知\n\n1. 新建基地{n + 2}个。\n".encode())
    collection = load(desk.folder)
    pooled = prepare(collection, desk.private).rows
    alone = prepare(collection, desk.private.with_name("alone"), engine=Local(processes=1)).rows
    assert pooled == alone == prepare(collection, desk.private).rows


def test_a_correction_shows_and_a_conflict_is_said(desk: Desk) -> None:
    first = desk.build()
    row = next(r for r in first.prepared.rows["target"] if r["name"] == "农村自来水普及率")  # type: ignore[union-attr]
    common = {"action": "set", "table": "target", "row_id": row["target_id"], "column": "value"}
    desk.correct(old="92", new="93", **common)
    second = desk.build()
    assert [r["value"] for r in second.prepared.rows["target"] if r["target_id"] == row["target_id"]] == [93.0]  # type: ignore[union-attr]
    desk.correct(correction_id="cor-0002", old="92", new="94", **common)
    third = desk.build()
    assert [said.split(" 的 ")[0] for said in third.prepared.corrected.conflicts] == [
        "更正 cor-0002 没有采用：" + row["target_id"]
    ]  # type: ignore[union-attr]
    with pytest.raises(BuildError, match="cor-0002 没有采用"):
        desk.build(strict=True)


def test_a_rejected_row_is_withdrawn_with_its_reason(desk: Desk) -> None:
    row = next(r for r in desk.build().prepared.rows["target"] if r["name"] == "农村自来水普及率")  # type: ignore[union-attr]
    desk.correct(action="reject", table="target", row_id=row["target_id"], reason="不是目标")
    prepared = desk.build().prepared
    assert prepared is not None
    assert row["target_id"] not in {r["target_id"] for r in prepared.rows["target"]}
    entry = prepared.ledger.get(row["target_id"])
    assert entry is not None
    assert (entry.status, entry.reason) == ("withdrawn", "不是目标")


def test_what_an_editor_releases_is_no_longer_masked(desk: Desk) -> None:
    desk.add_source("phone.txt", "关于报名的通知\n\n联系电话：13812345678。\n".encode())
    held = next(r for r in desk.build().prepared.rows["quarantine"] if r["kind"] == "mobile")  # type: ignore[union-attr]
    desk.correct(action="release", table="quarantine", row_id=held["quarantine_id"], reason="单位公开电话")
    built = desk.build()
    assert "13812345678" in built.build.read_source(held["source_id"])
    assert [r["status"] for r in built.prepared.rows["quarantine"] if r["kind"] == "mobile"] == ["released"]  # type: ignore[union-attr]


ABOUT = "关于我们\n\n青禾县科技局成立于1958年，内设5个股室。2020年全县高新技术企业达到45家。\n"


def test_a_page_that_is_no_notice_is_published_only_after_an_editor_releases_it(desk: Desk) -> None:
    said: list[str] = []
    desk.add_source("about.txt", ABOUT.encode())
    before = desk.build(say=said.append)
    assert "    · 不像公文：" in "".join(said)
    assert before.prepared is not None
    [waiting] = before.prepared.corrected.waiting
    assert waiting["table"] == "notice"
    for file in before.build.folder.rglob("*"):
        assert not (file.is_file() and "高新技术企业达到45家".encode() in file.read_bytes()), file
    desk.correct(action="release", table="notice", row_id=waiting["row_id"])
    after = desk.build().prepared
    assert after is not None
    assert waiting["row_id"] in {row["notice_id"] for row in after.rows["notice"]}


def test_a_table_that_breaks_its_schema_is_not_published(desk: Desk) -> None:
    good = desk.build().build
    desk.replace(
        "vocabulary/region.csv", "990100,青禾县,Qinghe County,县,990000", "990100,青禾县,Qinghe County,县,990999"
    )
    with pytest.raises(CheckFailed, match="990999"):
        desk.build()
    assert current(desk.releases, "qinghe-joint") == good


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("vocabulary/unit.csv", "unit,factor\n%,1\n", "缺少列"),
        ("vocabulary/unit.csv", '"unit\n', "表头|引号"),
        ("reported/values.csv", "kind\nreported\n", "缺少列"),
        ("sources.csv", "file,sha256\na,b\n", "缺少列"),
    ],
)
def test_a_broken_table_is_said_with_its_place(desk: Desk, file: str, text: str, words: str) -> None:
    desk.write(file, text)
    with pytest.raises(TableError, match=f"{file.rsplit('/', 1)[-1]}.*({words})"):
        desk.build()


def test_sources_that_replace_each_other_in_a_circle_are_refused(desk: Desk) -> None:
    text = (desk.folder / "sources.csv").read_text("utf-8")
    header, *rows = csv.reader(text.splitlines())
    for row, other in zip(rows, rows[::-1], strict=True):
        row[header.index("replaced_by")] = other[header.index("sha256")]
    desk.write("sources.csv", "\n".join(",".join(row) for row in (header, *rows)) + "\n")
    with pytest.raises(OriginalError, match="绕成了圈"):
        desk.build()


def test_a_file_outside_the_sources_is_never_read(desk: Desk) -> None:
    desk.replace("sources.csv", PLAN, "../../../etc/passwd")
    with pytest.raises(OriginalError, match="指向 sources 以外"):
        desk.build()


def test_what_is_held_back_stands_nowhere_in_the_collection_or_the_build(desk: Desk) -> None:
    phone = "13812345678"
    desk.add_source("phone.txt", f"关于报名的通知\n\n1. 联系张工，电话：{phone}。\n".encode())
    built = desk.build()
    made = {**desk.files(), **{p.name: p.read_bytes() for p in built.build.folder.rglob("*") if p.is_file()}}
    assert [name for name, data in made.items() if phone.encode() in data] == []
    assert json.loads((built.build.folder / "datapackage.json").read_text("utf-8"))["name"] == "qinghe-joint"
