"""Four releases of one collection: first, a correction, a second notice, a withdrawal; and what must hold of them."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.correcting import Action, Decision, decisions_of, record
from etl.declaration import Collection, load
from etl.inputs import read_inputs
from etl.pipeline import Prepared, past_texts, prepare
from etl.publishing.building import build, release
from etl.publishing.histories import Content, History, content_of, history_of, read_release
from etl.publishing.keeping import Place, prune, rebuild, roll_back
from etl.publishing.redacting import Order, redact
from etl.releasing.current import current
from etl.releasing.reading import Release, difference, releases, withdrawn
from etl.releasing.reading import release as released
from etl.releasing.state import state_of
from etl.releasing.verifying import verify_archive, verify_folder
from etl.tables import read_csv
from etl.taking import BuildError

ROOT = Path(__file__).resolve().parent.parent
NAME = "zhenjiang-stb"
ROW = "zjstb-zkd-2017-13.agri-progress-share"
CONTENT = ("data", "datapackage.json", "README.md", "withdrawn.json", "CITATION.cff", "LICENSE.md", "sources")


@dataclass(frozen=True)
class World:
    """A copy of the collection and where its releases stand."""

    folder: Path
    place: Place

    @property
    def collection(self) -> Collection:
        return load(self.folder)

    @property
    def history(self) -> History:
        return history_of(self.collection)

    def prepare(self) -> Prepared:
        return prepare(self.collection, self.place.private)

    def release(self, **how: object) -> str | None:
        plan = release(self.prepare(), self.place.releases, self.place.private, **how)  # type: ignore[arg-type]
        return plan.release.version if plan else None

    def build(self) -> object:
        return build(self.collection, self.place.releases, self.place.private)

    def rebuild(self, version: str) -> Release:
        prepared, private = self.prepare(), self.place.private
        return rebuild(self.history, version, lambda rows: past_texts(prepared, rows, private), self.place)

    def of(self, version: str) -> Release:
        found = released(self.place.releases, NAME, version)
        assert found is not None
        return found

    def decide(self, action: Action, row_id: str, at: str, **how: str) -> None:
        before = decisions_of(read_inputs(self.collection).corrections, self.collection)
        number = f"cor-{len(before) + 1:04}"
        decision = Decision(number, action, "target", row_id, reason="据公文核对", by="editor", at=at, **how)
        record(self.folder / "corrections.csv", [*before, decision])

    def copy(self, folder: Path) -> World:
        shutil.copytree(self.folder, folder / NAME)
        shutil.copytree(self.place.releases.parent, folder / "var")
        return World(folder / NAME, Place(folder / "var" / "releases", folder / "var" / "private"))

    def clone(self, folder: Path) -> World:
        """What another machine gets: the committed files, nothing built, no key."""
        shutil.copytree(self.folder, folder / NAME)
        return World(folder / NAME, Place(folder / "var" / "releases", folder / "var" / "private"))


Bytes = dict[str, bytes]


def bytes_of(folder: Path) -> Bytes:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def content_bytes(one: Release) -> Bytes:
    return {name: data for name, data in bytes_of(one.folder).items() if name.split("/")[0] in CONTENT}


def corrected(world: World) -> None:
    world.decide(Action.SET, ROW, "2026-11-24T01:00:00Z", column="value", old="66.6", new="66.5")


def second_notice(world: World) -> None:
    text = (ROOT / "tests" / "evaluation" / "notices" / "text" / "S3.txt").read_bytes()
    (world.folder / "sources" / "second.txt").write_bytes(text)
    sha = hashlib.sha256(text).hexdigest()
    cells = ["second.txt", "", sha, "2026-11-25T02:00:00Z", "text/plain", "utf-8", "", "", "测试"]
    with (world.folder / "sources.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(cells)


def rejected(world: World) -> None:
    world.decide(Action.REJECT, ROW, "2026-11-26T03:00:00Z")


@dataclass(frozen=True)
class Told:
    """The world after all four releases, and each release's bytes on its first day."""

    world: World
    first_day: dict[str, Bytes]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("scenario")
    ignored = shutil.ignore_patterns("data", "releases.csv", "changes.csv", "CHANGELOG.md")
    shutil.copytree(ROOT / "datasets" / NAME, folder / NAME, ignore=ignored)
    world = World(folder / NAME, Place(folder / "var" / "releases", folder / "var" / "private"))
    steps: list[tuple[str, Callable[[World], None]]] = [
        ("1.0.0", lambda _: None),
        ("1.0.1", corrected),
        ("1.1.0", second_notice),
        ("1.2.0", rejected),
    ]
    first_day = {}
    for version, step in steps:
        step(world)
        assert world.release() == version
        first_day[version] = bytes_of(world.of(version).folder)
    return Told(world, first_day)


def test_versions_and_dates_follow_from_the_inputs(told: Told) -> None:
    known = [(r.version, r.date, r.counter, r.parent, r.verified) for r in releases(told.world.place.releases, NAME)]
    assert known == [
        ("1.0.0", "2026-11-23", 1, None, True),
        ("1.0.1", "2026-11-24", 2, "1.0.0", True),
        ("1.1.0", "2026-11-25", 3, "1.0.1", True),
        ("1.2.0", "2026-11-26", 4, "1.1.0", True),
    ]
    served = current(told.world.place.releases, NAME)
    assert served is not None
    assert (served.version, served.counter, served.warning, served.is_draft) == ("1.2.0", 4, None, False)


def test_old_releases_keep_every_byte(told: Told) -> None:
    for version, first in told.first_day.items():
        assert bytes_of(told.world.of(version).folder) == first


def test_nothing_changed_is_no_release(told: Told) -> None:
    assert told.world.release() is None
    assert len(told.world.history.recorded) == 4


def test_a_change_says_old_new_reason_and_correction(told: Told) -> None:
    rows = read_csv(told.world.collection.table("change"), told.world.of("1.2.0").build.data / "change.csv")
    set_value = next(r for r in rows if r["version"] == "1.0.1" and r["column_name"] == "value")
    assert (set_value["row_id"], set_value["old_text"], set_value["new_text"]) == (ROW, "66.6", "66.5")
    assert (set_value["reason_text"], set_value["correction_id"]) == ("据公文核对", "cor-0001")
    assert {r["reason_text"] for r in rows if r["version"] == "1.0.1"} == {"据公文核对"}
    assert "收录新来源 second.txt" in {r["reason_text"] for r in rows if r["version"] == "1.1.0"}
    gone = next(r for r in rows if r["version"] == "1.2.0" and r["row_id"] == ROW)
    assert (gone["column_name"], gone["new_text"], gone["correction_id"]) == (None, None, "cor-0002")
    assert json.loads(gone["old_text"])["value"] == 66.5


def test_a_withdrawn_id_says_why_and_where_it_was_last(told: Told) -> None:
    found = withdrawn(told.world.of("1.2.0").build)[ROW]
    assert (found.table, found.reason, found.version, found.last_version) == ("target", "据公文核对", "1.2.0", "1.1.0")
    assert withdrawn(told.world.of("1.1.0").build) == {}


def test_changes_lead_from_the_first_release_to_the_last_and_back(told: Told) -> None:
    history = told.world.history
    contents = {v: read_release(told.world.of(v)) for v in told.first_day}
    state = state_of(contents["1.0.0"].collection, contents["1.0.0"].rows)
    for version in ("1.0.1", "1.1.0", "1.2.0"):
        state.apply(n.change for n in history.of(version))
        assert state.cells == state_of(contents[version].collection, contents[version].rows).cells
    for version in told.first_day:
        assert content_of(history, version, contents["1.2.0"]).is_of(
            next(r for r in history.recorded if r.version == version)
        )
    a, b = contents["1.0.0"], contents["1.2.0"]
    direct = difference(a.rows, b.rows, b.collection.tables, a.collection.tables)
    assert {c.row for c in direct if c.went} == {ROW}


def test_the_change_log_is_for_people(told: Told) -> None:
    text = (told.world.folder / "CHANGELOG.md").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## 1.2.0（2026-11-26）",
        "## 1.1.0（2026-11-25）",
        "## 1.0.1（2026-11-24）",
        "## 1.0.0（2026-11-23）",
    ]
    assert f"目标“农业科技进步贡献率”（{ROW}）的“数值”由“66.6”改为“66.5”：据公文核对（cor-0001）" in text


def test_a_clone_makes_the_last_release_and_past_ones_again(told: Told, tmp_path: Path) -> None:
    clone = told.world.clone(tmp_path)
    clone.build()
    assert current(clone.place.releases, NAME).version == "1.2.0"  # type: ignore[union-attr]
    for version in ("1.2.0", "1.0.0", "1.1.0"):
        if version != "1.2.0":
            clone.rebuild(version)
        assert content_bytes(clone.of(version)) == content_bytes(told.world.of(version))
        assert clone.of(version).content_hash == told.world.of(version).content_hash
        assert clone.of(version).verified


def test_a_clone_that_reads_something_else_refuses(told: Told, tmp_path: Path) -> None:
    clone = told.world.clone(tmp_path)
    corrections = clone.folder / "corrections.csv"
    corrections.write_text(corrections.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    with pytest.raises(BuildError, match=r"与 releases.csv 记录的 1.2.0 不同"):
        clone.build()
    assert current(clone.place.releases, NAME) is None


def test_what_differs_waits_while_the_last_release_is_served(told: Told, tmp_path: Path) -> None:
    world = told.world.copy(tmp_path)
    other = "zjstb-zkd-2017-13.rd-intensity"
    row = next(r for r in world.prepare().rows["target"] if r["target_id"] == other)
    world.decide(Action.SET, other, "2026-11-27T00:00:00Z", column="value", old=str(row["value"]), new="9.9")
    built = world.build()
    assert built.build.version == "1.2.0"  # type: ignore[attr-defined]
    assert built.pending.release.version == "1.2.1"  # type: ignore[attr-defined]
    assert "9.9" in (world.folder / "data" / "target.csv").read_text("utf-8")
    assert world.release(dry_run=True) == "1.2.1"
    assert len(world.history.recorded) == 4
    assert world.release() == "1.2.1"


def test_going_back_stays_until_the_next_release(told: Told, tmp_path: Path) -> None:
    world = told.world.copy(tmp_path)
    assert roll_back(world.history, "1.0.1", world.place.releases).version == "1.0.1"
    world.build()
    served = current(world.place.releases, NAME)
    assert served is not None
    assert (served.version, served.warning) == ("1.0.1", None)
    assert roll_back(world.history, "1.2.0", world.place.releases).version == "1.2.0"


def test_only_what_can_be_made_again_is_pruned(told: Told, tmp_path: Path) -> None:
    world = told.world.copy(tmp_path)
    gone = prune(world.history, world.place.releases, 1, dry_run=False)
    assert [r.version for r in gone] == ["1.0.0", "1.0.1"]
    again = world.rebuild("1.0.0")
    assert bytes_of(again.folder) == told.first_day["1.0.0"]


def test_minisign_and_sha256sum_verify_offline(told: Told, tmp_path: Path) -> None:
    if shutil.which("minisign") is None:
        assert not os.environ.get("CI"), "no minisign: run .ci/packages"
        pytest.skip("没有 minisign：离线核对的测试跳过。请运行 .ci/packages。")
    one, key = told.world.of("1.1.0"), told.world.place.releases / NAME / "minisign.pub"
    archive = shutil.copy(one.archive, tmp_path)
    shutil.copy(f"{one.archive}.minisig", tmp_path)
    assert subprocess.run(["minisign", "-Vm", archive, "-p", str(key)], capture_output=True).returncode == 0
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    folder = tmp_path / f"{NAME}-1.1.0"
    result = subprocess.run(["minisign", "-Vm", "manifest.json", "-p", str(key)], cwd=folder, capture_output=True)
    assert b"version=1.1.0 counter=3" in result.stdout
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder).returncode == 0
    Path(archive).write_bytes(Path(archive).read_bytes()[:-1] + b"x")
    assert subprocess.run(["minisign", "-Vm", archive, "-p", str(key)], capture_output=True).returncode == 1


def test_our_own_check_agrees(told: Told) -> None:
    public = (told.world.place.releases / NAME / "minisign.pub").read_text("utf-8")
    for one in releases(told.world.place.releases, NAME):
        assert verify_folder(one.folder, public).version == one.version
        signature = Path(f"{one.archive}.minisig").read_text("utf-8")
        assert verify_archive(one.archive, public, signature).counter == one.counter


def test_what_is_taken_down_is_gone_from_every_release(told: Told, tmp_path: Path) -> None:
    world = told.world.copy(tmp_path)
    prepared = world.prepare()
    source = next(r["source_id"] for r in prepared.rows["source"] if r["file"] == "2017-02-16-kjcxgzyd.txt")
    said = (world.folder / "datapackage.yaml").read_text("utf-8")
    value = next(r["quote"] for r in prepared.rows["target"] if len(r["quote"]) > 8 and r["quote"] not in said)
    start = prepared.texts[source].index(value)
    order = Order(source, start, start + len(value), "personal", "误公开", "editor", "2026-11-28T00:00:00Z")
    done = redact(prepared, order, world.place)
    assert done.versions == ("1.0.0", "1.0.1", "1.1.0", "1.2.0")
    assert [r.folder.name for r in releases(world.place.releases, NAME)] == [f"{v}+r1" for v in done.versions]
    assert all(r.verified for r in releases(world.place.releases, NAME))
    world.build()
    public = [p for p in world.place.releases.rglob("*") if p.is_file()]
    public += [p for p in world.folder.rglob("*") if p.is_file()]
    assert [p for p in public if value.encode() in p.read_bytes()] == []
    assert current(world.place.releases, NAME).version == "1.2.0"  # type: ignore[union-attr]
    last = Content(*_typed(world.of("1.2.0")))
    for one in world.history.recorded:
        assert content_of(world.history, one.version, last).is_of(one)
    assert world.release() == "1.3.0"


def _typed(one: Release) -> tuple[Collection, dict[str, list[dict[str, object]]]]:
    content = read_release(one)
    return content.collection, content.rows
